package dev.penstock.connector.iceberg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/**
 * Snapshots in the making, each on top of the one before, which become part of a table together. Deletes are about rows
 * of snapshots before their own, so rows that one step writes and the next deletes need one each.
 *
 * <p>After a conflict they are staged anew on top of other metadata. The manifests of the first are written once. The
 * others are built anew when sequence numbers have moved: an update remembers the manifests that it found on the
 * staging before, with their numbers, and deletes that carry an old number would miss rows of whoever was faster.
 */
final class SnapshotChain {
    private final String branch;
    private final StagedOperations operations;
    private final Table table;
    private final List<Step> steps = new ArrayList<>();
    /** Those of the first steps, as far as they were built. */
    private final List<SnapshotUpdate<?>> updates = new ArrayList<>();

    private long stagedAfter;

    SnapshotChain(TableOperations operations, String name, String branch) {
        this.branch = branch;
        this.operations = new StagedOperations(operations);
        this.table = new BaseTable(this.operations, name);
    }

    /** What a snapshot adds. */
    private record Step(List<ContentFile<?>> files, Map<String, String> summary) {
        Step {
            files = List.copyOf(files);
            summary = Map.copyOf(summary);
        }
    }

    /** Adds a snapshot with {@code files} and these entries in its summary. */
    void add(List<ContentFile<?>> files, Map<String, String> summary) {
        steps.add(new Step(files, summary));
    }

    private SnapshotUpdate<?> update(Step step) {
        SnapshotUpdate<?> update = step.files().stream().anyMatch(DeleteFile.class::isInstance)
                ? changes(step.files())
                : appends(step.files());
        step.summary().forEach(update::set);
        return update;
    }

    private AppendFiles appends(List<ContentFile<?>> files) {
        AppendFiles update = table.newFastAppend().toBranch(branch);
        files.forEach(file -> update.appendFile((DataFile) file));
        return update;
    }

    /**
     * Deletes by value are right whatever others have committed since the files were written: what is in the table by
     * then with one of these values goes, and what comes later stays. So nothing is validated.
     */
    private RowDelta changes(List<ContentFile<?>> files) {
        RowDelta update = table.newRowDelta().toBranch(branch);
        for (ContentFile<?> file : files) {
            if (file instanceof DeleteFile deletes) {
                update.addDeletes(deletes);
            } else {
                update.addRows((DataFile) file);
            }
        }
        return update;
    }

    /** Gives {@code base} with all snapshots. Writes their manifests and commits nothing. */
    TableMetadata on(TableMetadata base) {
        operations.begin(base);
        if (base.lastSequenceNumber() != stagedAfter && updates.size() > 1) {
            updates.subList(1, updates.size()).clear();
        }
        stagedAfter = base.lastSequenceNumber();
        for (int i = 0; i < steps.size(); i++) {
            if (i == updates.size()) {
                updates.add(update(steps.get(i)));
            }
            TableMetadata with = TableMetadata.buildFrom(operations.current())
                    .setBranchSnapshot(updates.get(i).apply(), branch)
                    .build();
            operations.begin(with);
        }
        return operations.current();
    }
}
