package dev.penstock.connector.iceberg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;

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
        List<DataFile> rows = new ArrayList<>();
        List<DeleteFile> deletes = new ArrayList<>();
        Map<Integer, PartitionSpec> specs = table.table().specs();
        for (Handle handle : handles.values()) {
            for (ContentFile<?> file : handle.contents(specs)) {
                if (file instanceof DeleteFile delete) {
                    deletes.add(delete);
                } else {
                    rows.add((DataFile) file);
                }
            }
        }
        SnapshotUpdate<?> update = deletes.isEmpty()
                ? append(table.table(), target.branch(), rows)
                : delta(table.table(), target.branch(), rows, deletes);
        update.set(target.sink().summary(), marker);
        return new CommitUpdate(table, marker, List.copyOf(handles.keySet()), update);
    }

    /** Where snapshots go, and whose they are. */
    record Target(SinkName sink, String branch) {}

    private static AppendFiles append(Table table, String branch, List<DataFile> rows) {
        AppendFiles append = table.newFastAppend().toBranch(branch);
        rows.forEach(append::appendFile);
        return append;
    }

    private static RowDelta delta(Table table, String branch, List<DataFile> rows, List<DeleteFile> deletes) {
        RowDelta delta = table.newRowDelta().toBranch(branch);
        rows.forEach(delta::addRows);
        deletes.forEach(delta::addDeletes);
        return delta;
    }
}
