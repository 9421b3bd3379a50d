package dev.penstock.connector.iceberg;

import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/**
 * A table as commits see it, and the only place that deals with metadata and operations of tables, which Iceberg does
 * not promise to keep as they are.
 *
 * <p>Why not simply {@code update.commit()}: it repeats a commit that a catalog calls a conflict though it was applied,
 * and then drops what others committed since; and where a check stops it, it deletes files that are part of the table.
 */
final class CommitTable {
    private final Table table;
    private final TableOperations operations;

    CommitTable(Table table) {
        if (!(table instanceof BaseTable base)) {
            throw new IllegalArgumentException("Cannot commit to a " + table.getClass() + ": it has no metadata");
        }
        this.table = table;
        this.operations = base.operations();
    }

    /**
     * A snapshot that is written and part of nothing yet.
     *
     * @param base the metadata that it follows
     */
    record Staged(Snapshot snapshot, TableMetadata base) {
        TableView view() {
            return viewOf(base);
        }
    }

    Table table() {
        return table;
    }

    /** Reads the newest metadata. */
    TableView refresh() {
        return viewOf(operations.refresh());
    }

    private static TableView viewOf(TableMetadata metadata) {
        return new TableView(
                metadata.uuid(),
                metadata.properties(),
                metadata.lastSequenceNumber(),
                metadata.snapshots().stream()
                        .map(snapshot -> new TableView.Version(snapshot.sequenceNumber(), snapshot.summary()))
                        .toList());
    }

    /**
     * Writes the manifests of {@code update} on top of the newest metadata, which it reads. May be called again with
     * the same update after a conflict, and is cheap then.
     */
    Staged stage(SnapshotUpdate<?> update) {
        Snapshot snapshot = update.apply();
        return new Staged(snapshot, operations.current());
    }

    /**
     * Takes snapshots, and branches and tags, out of what was refreshed last, in one step that fails if the metadata
     * has changed since. Removes no file.
     */
    void remove(Set<Long> snapshots, Set<String> refs) {
        TableMetadata base = operations.current();
        TableMetadata.Builder changed = TableMetadata.buildFrom(base);
        refs.forEach(changed::removeRef);
        operations.commit(base, changed.removeSnapshots(snapshots).build());
    }

    /**
     * Makes {@code staged} the newest snapshot of {@code branch}, and sets properties, in one step that fails if the
     * metadata has changed since it was staged. What it throws tells nothing about whether the step was made.
     */
    void commit(Staged staged, String branch, Map<String, String> properties) {
        TableMetadata changed = TableMetadata.buildFrom(staged.base())
                .setBranchSnapshot(staged.snapshot(), branch)
                .setProperties(properties)
                .build();
        operations.commit(staged.base(), changed);
    }
}
