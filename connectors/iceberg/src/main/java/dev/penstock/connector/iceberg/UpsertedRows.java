package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.parquet.DataFileTarget;
import dev.penstock.connector.iceberg.parquet.DataFileWriter;
import dev.penstock.connector.iceberg.parquet.EqualityDeletes;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionKey;
import org.jspecify.annotations.Nullable;

/**
 * Rows of which the last of each key is what there is. They wait in memory, folded, until they take as much of it as
 * they may; then they are written as a segment, one partition after the other, with deletes of what earlier commits and
 * earlier segments have of their keys.
 */
final class UpsertedRows implements EpochRows {
    /** What a key index can hold, with room for a batch more. */
    private static final long MOST_BYTES = 1L << 30;

    private final TargetTable target;
    private final EpochFiles epoch;
    private final WriteMode mode;
    private final OpenFiles.Limits limits;
    private final long waitingBytes;
    private final List<Segment> segments = new ArrayList<>();
    private FoldedRows folded;
    private @Nullable OpenFiles writing;
    private long count;

    UpsertedRows(TargetTable target, EpochFiles epoch, WriteMode mode, OpenFiles.Limits limits) {
        this.target = target;
        this.epoch = epoch;
        this.mode = mode;
        this.waitingBytes = Math.min(limits.bufferBytes(), MOST_BYTES);
        this.limits = new OpenFiles.Limits(limits.targetBytes(), 1, limits.bufferBytes());
        this.folded = new FoldedRows(mode);
    }

    @Override
    public void add(RecordBatch batch, int[] chosen, int chosenCount) {
        folded.add(batch, chosen, chosenCount);
        count += chosenCount;
        if (folded.bytes() >= waitingBytes && folded.isMostlyReplaced()) {
            folded.compact();
        }
        if (folded.bytes() >= waitingBytes) {
            segment();
        }
    }

    private void segment() {
        FoldedRows rows = folded;
        folded = new FoldedRows(mode);
        if (rows.isEmpty()) {
            return;
        }
        List<DataFile> data = written(rows.rows(), true, target::target);
        List<DeleteFile> deletes = new ArrayList<>(deletes(mode.key(), rows.changedKeys()));
        deletes.addAll(deletes(mode.deleteBy(), rows.deletedValues()));
        segments.add(Segment.of(target.specs(), data, deletes));
    }

    private List<DeleteFile> deletes(List<String> columns, List<BatchRows> values) {
        DeleteTarget deletes = target.deletes(columns);
        return written(values, deletes.isScoped(), deletes::target).stream()
                .map(file -> EqualityDeletes.describe(file, deletes.spec(), deletes.ids()))
                .toList();
    }

    /** Writes rows into as few files as there can be, with one of them open at a time. */
    private List<DataFile> written(
            List<BatchRows> rows, boolean byPartition, Function<Optional<PartitionKey>, DataFileTarget> files) {
        OpenFiles open = new OpenFiles(partition -> writer(files.apply(partition)), limits);
        writing = open;
        divided(rows, byPartition).forEach((partition, parts) -> parts.forEach(part -> open.write(partition, part)));
        List<DataFile> written = open.finish();
        writing = null;
        return written;
    }

    private DataFileWriter writer(DataFileTarget file) {
        return epoch.open(file);
    }

    private Map<Optional<PartitionKey>, List<BatchRows>> divided(List<BatchRows> rows, boolean byPartition) {
        OpenFiles.Layout layout = target.layout();
        if (!byPartition || layout.spec().isUnpartitioned()) {
            return Map.of(Optional.empty(), rows);
        }
        Map<Optional<PartitionKey>, List<BatchRows>> parts = new LinkedHashMap<>();
        for (BatchRows batch : rows) {
            OpenFiles.divided(batch.batch(), batch.indexes(), batch.count(), layout)
                    .forEach(
                            (partition, part) -> parts.computeIfAbsent(Optional.of(partition), any -> new ArrayList<>())
                                    .add(part));
        }
        return parts;
    }

    @Override
    public void columnsChange() {
        segment();
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public List<Segment> finish() {
        segment();
        return List.copyOf(segments);
    }

    @Override
    public void abort() {
        if (writing != null) {
            writing.abort();
        }
    }
}
