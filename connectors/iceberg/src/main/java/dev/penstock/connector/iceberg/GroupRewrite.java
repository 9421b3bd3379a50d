package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.parquet.DataFileTarget;
import dev.penstock.connector.iceberg.parquet.DataFileWriter;
import dev.penstock.connector.iceberg.parquet.ParquetDataFiles;
import dev.penstock.connector.iceberg.reading.LiveRows;
import dev.penstock.connector.iceberg.reading.TableRows;
import dev.penstock.connector.iceberg.schema.RowTypes;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.actions.RewriteFileGroup;
import org.apache.iceberg.util.ContentFileUtil;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the files of one group and commits that. The new files are as old as the snapshot that was read: deletes
 * that others commit meanwhile hold for them too, or are noticed, and then nothing is committed.
 */
final class GroupRewrite {
    private static final int MAX_OPEN = 16;
    private static final long BUFFER_BYTES = 256L << 20;
    private static final int BATCH_ROWS = 4_096;

    private final Upkeep upkeep;
    private final Table table;
    private final Snapshot start;
    private final RowLineage lineage;
    private final Schema columns;
    private final HandleId id = new HandleId(UUID.randomUUID().toString(), 0, 0);
    private final List<String> locations = new ArrayList<>();
    private final TableRows reader;

    /**
     * A rewrite of what {@code start} consists of.
     *
     * @param table as it was loaded for the plan
     */
    GroupRewrite(Upkeep upkeep, Table table, Snapshot start) {
        this.upkeep = upkeep;
        this.table = table;
        this.start = start;
        this.lineage = new RowLineage(table);
        this.columns = lineage.columns();
        this.reader = new TableRows(table, columns.columns(), RowTypes.columns(columns));
    }

    /** What a group has become. */
    record Written(long files, long bytes) {}

    /**
     * What came of it.
     *
     * @param refused why it was not committed, if it was not
     */
    record Outcome(Written written, Optional<String> refused) {}

    /** Where in the table the group is, for people. */
    String place(RewriteFileGroup group) {
        return table.spec().isUnpartitioned() || !isOfOnePartition(group)
                ? ""
                : " in " + table.spec().partitionToPath(partition(group));
    }

    Outcome run(RewriteFileGroup group, String what) {
        Intents intents = new Intents(table, Replacement.WRITER);
        intents.begin(id);
        Optional<String> refused;
        List<DataFile> written;
        try {
            written = write(group, what);
        } catch (RuntimeException e) {
            giveUp(intents);
            throw e;
        }
        // If nobody knows what became of the commit, note and files stay; 'orphans' finds out later.
        refused = new Replacement(upkeep, fresh -> update(fresh, group, written))
                .commit(
                        "commit rewritten files to table '" + upkeep.access().name() + "'",
                        upkeep.commits().branch());
        if (refused.isPresent()) {
            giveUp(intents);
        } else {
            intents.end(id);
        }
        long bytes = written.stream().mapToLong(ContentFile::fileSizeInBytes).sum();
        return new Outcome(new Written(written.size(), bytes), refused);
    }

    private void giveUp(Intents intents) {
        locations.forEach(table.io()::deleteFile);
        intents.end(id);
    }

    private SnapshotUpdate<?> update(Table fresh, RewriteFileGroup group, List<DataFile> written) {
        RewriteFiles rewrite = fresh.newRewrite().validateFromSnapshot(start.snapshotId());
        if (TableUtil.formatVersion(fresh) > 1) {
            rewrite.dataSequenceNumber(start.sequenceNumber());
        }
        group.rewrittenFiles().forEach(rewrite::deleteFile);
        written.forEach(rewrite::addFile);
        // Deletes that name but one data file have nothing left to delete from.
        for (DeleteFile delete : deletesOfOneFile(group)) {
            rewrite.deleteFile(delete);
        }
        return rewrite;
    }

    private static Iterable<DeleteFile> deletesOfOneFile(RewriteFileGroup group) {
        Map<String, DeleteFile> deletes = new HashMap<>();
        for (FileScanTask task : group.fileScanTasks()) {
            for (DeleteFile delete : task.deletes()) {
                if (ContentFileUtil.isFileScoped(delete)) {
                    deletes.put(delete.location() + "@" + delete.contentOffset(), delete);
                }
            }
        }
        return deletes.values();
    }

    private boolean isOfOnePartition(RewriteFileGroup group) {
        return group.fileScanTasks().stream()
                .allMatch(task -> task.file().specId() == table.spec().specId());
    }

    private static StructLike partition(RewriteFileGroup group) {
        return group.fileScanTasks().get(0).file().partition();
    }

    private List<DataFile> write(RewriteFileGroup group, String what) {
        boolean single = isOfOnePartition(group);
        PartitionSpec division = single ? PartitionSpec.unpartitioned() : table.spec();
        OpenFiles files = new OpenFiles(
                key -> open(single ? partition(group) : key.orElse(null)),
                new OpenFiles.Limits(fileBytes(group), MAX_OPEN, BUFFER_BYTES));
        OpenFiles.Layout layout = new OpenFiles.Layout(columns, division);
        long rows = group.fileScanTasks().stream()
                .mapToLong(task -> task.file().recordCount())
                .sum();
        try {
            for (FileScanTask task : group.fileScanTasks()) {
                read(task, batch -> {
                    files.write(batch, all(batch.rowCount()), batch.rowCount(), layout);
                    upkeep.progress().at(what, files.rows(), rows);
                });
            }
            return files.finish();
        } catch (RuntimeException e) {
            files.abort();
            throw e;
        }
    }

    private void read(FileScanTask task, Consumer<RecordBatch> use) {
        try (LiveRows rows = reader.open(task)) {
            for (Optional<LiveRows.Live> live = rows.read(BATCH_ROWS); live.isPresent(); live = rows.read(BATCH_ROWS)) {
                if (live.get().rows().rowCount() > 0) {
                    use.accept(lineage.told(live.get(), task.file()));
                }
            }
        }
    }

    private static int[] all(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** As many files as planned, of about the same size. */
    private static long fileBytes(RewriteFileGroup group) {
        long each = group.inputFilesSizeInBytes() / group.expectedOutputFiles();
        return group.expectedOutputFiles() == 1
                ? group.maxOutputFileSize()
                : Math.min(group.maxOutputFileSize(), each + each / 10);
    }

    private DataFileWriter open(@Nullable StructLike partition) {
        PartitionSpec spec = table.spec();
        String name = new Intents(table, Replacement.WRITER).filePrefix(id)
                + String.format(Locale.ROOT, "%05d.parquet", locations.size());
        boolean without = spec.isUnpartitioned() || partition == null;
        String location = without
                ? table.locationProvider().newDataLocation(name)
                : table.locationProvider().newDataLocation(spec, partition, name);
        locations.add(location);
        DataFileTarget target = new DataFileTarget(
                columns,
                spec,
                without ? null : partition,
                SortOrder.unsorted(),
                MetricsConfig.forTable(table),
                properties());
        return new ParquetDataFiles(table.io()).open(table.io().newOutputFile(location), target);
    }

    /** Files that stay are packed better than those of a stream, unless the table says otherwise. */
    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(Map.of(
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, String.valueOf(64L << 20),
                TableProperties.PARQUET_COMPRESSION, "zstd",
                TableProperties.PARQUET_COMPRESSION_LEVEL, "3"));
        properties.putAll(table.properties());
        return properties;
    }
}
