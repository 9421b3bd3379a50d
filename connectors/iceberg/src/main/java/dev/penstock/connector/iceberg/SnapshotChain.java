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
 * <p>After a conflict they are made anew on top of other metadata; their manifests are written once.
 */
final class SnapshotChain {
    private final String branch;
    private final StagedOperations operations;
    private final Table table;
    private final List<SnapshotUpdate<?>> updates = new ArrayList<>();

    SnapshotChain(TableOperations operations, String name, String branch) {
        this.branch = branch;
        this.operations = new StagedOperations(operations);
        this.table = new BaseTable(this.operations, name);
    }

    /** Adds a snapshot with {@code files} and these entries in its summary. */
    void add(List<ContentFile<?>> files, Map<String, String> summary) {
        SnapshotUpdate<?> update =
                files.stream().anyMatch(DeleteFile.class::isInstance) ? changes(files) : appends(files);
        summary.forEach(update::set);
        updates.add(update);
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
        for (SnapshotUpdate<?> update : updates) {
            TableMetadata with = TableMetadata.buildFrom(operations.current())
                    .setBranchSnapshot(update.apply(), branch)
                    .build();
            operations.begin(with);
        }
        return operations.current();
    }
}
