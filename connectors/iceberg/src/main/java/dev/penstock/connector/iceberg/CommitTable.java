package dev.penstock.connector.iceberg;

import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
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
     * Snapshots that are written and part of nothing yet.
     *
     * @param base the metadata that they follow
     * @param changed the same with them
     */
    record Staged(TableMetadata base, TableMetadata changed) {
        TableView view() {
            return viewOf(base);
        }

        TableSpecs specs() {
            return new TableSpecs(base.specsById());
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

    /** The partition specs of what was refreshed last. */
    TableSpecs specs() {
        return new TableSpecs(operations.current().specsById());
    }

    /**
     * Takes snapshots, and branches and tags, out of what was refreshed last, in one step that fails if the metadata
     * has changed since. Removes no file.
     */
    void remove(Set<Long> snapshots, Set<String> refs) {
        TableMetadata base = operations.current();
        TableMetadata.Builder changed = TableMetadata.buildFrom(base);
        base.refs().forEach((name, ref) -> requireUnchanged(changed, name, ref));
        refs.forEach(changed::removeRef);
        operations.commit(base, changed.removeSnapshots(snapshots).build());
    }

    /**
     * Catalogs that get changes in the place of metadata are told to expect only what is set to be as it was, not what
     * is removed: so it is set, and set back. Not so the main branch, whose every setting its history keeps; its newest
     * snapshot never goes.
     */
    private static void requireUnchanged(TableMetadata.Builder changed, String name, SnapshotRef ref) {
        if (!name.equals(SnapshotRef.MAIN_BRANCH)) {
            long other = ref.maxRefAgeMs() == null || ref.maxRefAgeMs() > 1 ? 1 : 2;
            changed.setRef(name, SnapshotRef.builderFrom(ref).maxRefAgeMs(other).build());
            changed.setRef(name, ref);
        }
    }

    /**
     * Adds a spec without partitions to those the table knows, in one step that fails if the metadata has changed. New
     * rows are partitioned as before.
     */
    void addUnpartitionedSpec() {
        TableMetadata base = operations.current();
        operations.commit(
                base,
                TableMetadata.buildFrom(base)
                        .addPartitionSpec(PartitionSpec.unpartitioned())
                        .build());
    }

    /** Begins snapshots for {@code branch}. */
    SnapshotChain chain(String branch) {
        return new SnapshotChain(operations, table.name(), branch);
    }

    /**
     * Writes the manifests of {@code chain} on top of the newest metadata, which it reads. May be called again with the
     * same chain after a conflict, and is cheap then.
     */
    Staged stage(SnapshotChain chain) {
        TableMetadata base = operations.refresh();
        return new Staged(base, chain.on(base));
    }

    /** As {@link #stage(SnapshotChain)}, of one snapshot that {@code update}, made for this table, makes. */
    Staged stage(SnapshotUpdate<?> update, String branch) {
        Snapshot snapshot = update.apply();
        TableMetadata base = operations.current();
        return new Staged(
                base,
                TableMetadata.buildFrom(base)
                        .setBranchSnapshot(snapshot, branch)
                        .build());
    }

    /**
     * Makes the snapshots of {@code staged} the newest of their branch, and sets properties, in one step that fails if
     * the metadata has changed since they were staged. What it throws tells nothing about whether the step was made.
     */
    void commit(Staged staged, Map<String, String> properties) {
        TableMetadata changed = TableMetadata.buildFrom(staged.changed())
                .setProperties(properties)
                .build();
        operations.commit(staged.base(), changed);
    }
}
