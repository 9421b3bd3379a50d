package dev.penstock.connector.iceberg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.ContentFile;

/**
 * Snapshots in the making. They may be staged again after a conflict as long as they still say the same, without
 * writing all manifests again.
 *
 * @param table they are made for
 * @param specs of the table by which files were understood
 * @param marker the text that the last of them carries
 * @param ids of the handles in them
 */
record CommitUpdate(CommitTable table, TableSpecs specs, String marker, List<HandleId> ids, SnapshotChain chain) {
    CommitUpdate {
        ids = List.copyOf(ids);
    }

    /** Whether it can be used for this. */
    boolean isFor(CommitTable otherTable, String otherMarker, List<HandleId> otherIds) {
        return table == otherTable
                && specs.equals(otherTable.specs())
                && marker.equals(otherMarker)
                && ids.equals(otherIds);
    }

    static CommitUpdate of(CommitTable table, Target target, String marker, Map<HandleId, Handle> handles) {
        SnapshotChain chain = table.chain(target.branch());
        TableSpecs specs = table.specs();
        List<List<Segment>> snapshots = SegmentOrder.of(handles);
        for (int i = 0; i < snapshots.size(); i++) {
            List<ContentFile<?>> files = new ArrayList<>();
            snapshots.get(i).forEach(segment -> files.addAll(segment.contents(specs)));
            boolean last = i == snapshots.size() - 1;
            // What it says is true only once all of them are there.
            chain.add(files, last ? Map.of(target.sink().summary(), marker) : Map.of());
        }
        return new CommitUpdate(table, specs, marker, List.copyOf(handles.keySet()), chain);
    }

    /** Where snapshots go, and whose they are. */
    record Target(SinkName sink, String branch) {}
}
