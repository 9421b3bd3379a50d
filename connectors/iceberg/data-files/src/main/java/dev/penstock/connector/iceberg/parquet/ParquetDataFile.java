package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.DataFileMetrics;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data file in Parquet, filled column by column in runs of rows short enough for pages of the size asked for. */
final class ParquetDataFile implements DataFileWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ParquetDataFile.class);
    private static final int LONGEST_RUN = 1024;

    private final OutputFile output;
    private final DataFileTarget target;
    private final WriteSettings settings;
    private final Consumer<String> remover;
    private final FileColumns columns;
    private final RowGroups groups;
    private long rows;
    private boolean ended;
    private @Nullable Schema boundTo;
    private ColumnNode.@Nullable Struct root;

    ParquetDataFile(OutputFile output, DataFileTarget target, Consumer<String> remover) {
        this.output = output;
        this.target = target;
        this.settings = WriteSettings.of(target.properties());
        this.remover = remover;
        this.columns = new FileColumns(target.schema(), settings);
        this.groups = new RowGroups(output, target.schema(), columns, settings);
    }

    @Override
    public void write(RecordBatch batch, int[] chosen, int count) {
        if (count == 0) {
            return;
        }
        ColumnNode.Struct bound = bound(batch.schema());
        int run = run(batch);
        for (int from = 0; from < count; from += run) {
            int to = Math.min(count, from + run);
            Entries entries = Entries.of(chosen, from, to);
            for (int i = 0; i < bound.sources().length; i++) {
                int source = bound.sources()[i];
                bound.fields().get(i).write(entries, source < 0 ? null : batch.column(source));
            }
            rows += to - from;
            groups.added(to - from);
        }
    }

    private ColumnNode.Struct bound(Schema schema) {
        ColumnNode.Struct bound = root;
        if (bound == null || boundTo == null || !schema.equals(boundTo)) {
            bound = new ColumnBinding(columns).bind(target.schema(), schema);
            root = bound;
            boundTo = schema;
        }
        return bound;
    }

    /** The rows of a run: together they are about a page at most. */
    private int run(RecordBatch batch) {
        long bytes = batch.columns().stream().mapToLong(Column::sizeInBytes).sum();
        long fitting = settings.pageBytes() * (long) batch.rowCount() / Math.max(1, bytes);
        return (int) Math.max(1, Math.min(Math.min(LONGEST_RUN, settings.pageRows()), fitting));
    }

    @Override
    public long bytesWritten() {
        return groups.bytesWritten();
    }

    @Override
    public long bufferedBytes() {
        return ended ? 0 : groups.bufferedBytes();
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public DataFile close() {
        ParquetMetadata footer = groups.finish();
        ended = true;
        Stream<FieldMetrics<?>> known = columns.leaves().stream().flatMap(LeafWriter::metrics);
        Metrics metrics = DataFileMetrics.of(target.schema(), target.metrics(), footer, known);
        DataFiles.Builder file = DataFiles.builder(target.spec())
                .withPath(output.location())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(groups.bytesWritten())
                .withMetrics(metrics)
                .withSplitOffsets(ParquetUtil.getSplitOffsets(footer))
                .withSortOrder(target.sortOrder());
        if (target.partition() != null) {
            file.withPartition(target.partition());
        }
        return file.build();
    }

    @Override
    public void abort() {
        if (ended) {
            return;
        }
        ended = true;
        groups.giveUp();
        try {
            if (groups.begun()) {
                remover.accept(output.location());
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "Cannot remove the unfinished file '{}': {}; it belongs to no table",
                    output.location(),
                    e.toString());
        }
    }
}
