package dev.penstock.connector.iceberg;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotUpdate;

/**
 * A snapshot in the making. It may be staged again after a conflict as long as it still says the same: its manifests
 * are written once.
 *
 * @param table it is made for
 * @param marker the text it carries
 * @param ids of the handles in it
 */
record CommitUpdate(CommitTable table, String marker, List<HandleId> ids, SnapshotUpdate<?> update) {
    CommitUpdate {
        ids = List.copyOf(ids);
    }

    /** Whether it can be used for this. */
    boolean isFor(CommitTable otherTable, String otherMarker, List<HandleId> otherIds) {
        return table == otherTable && marker.equals(otherMarker) && ids.equals(otherIds);
    }

    static CommitUpdate of(CommitTable table, Target target, String marker, Map<HandleId, Handle> handles) {
        AppendFiles update = table.table().newFastAppend().toBranch(target.branch());
        for (Handle handle : handles.values()) {
            for (ContentFile<?> file : handle.contents(table.table().specs())) {
                update.appendFile((DataFile) file);
            }
        }
        update.set(target.sink().summary(), marker);
        return new CommitUpdate(table, marker, List.copyOf(handles.keySet()), update);
    }

    /** Where snapshots go, and whose they are. */
    record Target(SinkName sink, String branch) {}
}
