package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.parquet.DataFileWriter;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/**
 * The data files of one epoch of a writer, one open for each partition that rows arrive for. Their number and the
 * memory they take stay within limits: beyond one, a file is ended that is not full yet.
 */
final class OpenFiles {
    private final Function<Optional<PartitionKey>, DataFileWriter> opener;
    private final Limits limits;
    private final Map<Optional<PartitionKey>, DataFileWriter> open = new LinkedHashMap<>(16, 0.75f, true);
    private final List<DataFile> ended = new ArrayList<>();
    private long rows;

    /**
     * No files yet.
     *
     * @param opener begins a file of a partition; of none if the table has no partitions
     */
    OpenFiles(Function<Optional<PartitionKey>, DataFileWriter> opener, Limits limits) {
        this.opener = opener;
        this.limits = limits;
    }

    /**
     * How large and how many.
     *
     * @param targetBytes at which a file is full
     * @param maxOpen how many may be open at a time
     * @param bufferBytes what may wait in memory for all open files together
     */
    record Limits(long targetBytes, int maxOpen, long bufferBytes) {}

    /** Adds the first {@code count} of {@code chosen} rows of {@code batch}, each to the file of its partition. */
    void write(RecordBatch batch, int[] chosen, int count, Layout layout) {
        if (layout.spec().isUnpartitioned()) {
            write(Optional.empty(), batch, chosen, count);
        } else {
            divided(batch, chosen, count, layout).forEach((partition, part) -> write(Optional.of(partition), part));
        }
        keepWithinMemory();
    }

    /** Columns and partitions of the table. */
    record Layout(Schema schema, PartitionSpec spec) {}

    /** The rows of each partition. */
    static Map<PartitionKey, BatchRows> divided(RecordBatch batch, int[] chosen, int count, Layout layout) {
        Map<PartitionKey, BatchRows> parts = new LinkedHashMap<>();
        PartitionValues values = new PartitionValues(batch, layout.schema());
        PartitionKey key = new PartitionKey(layout.spec(), layout.schema());
        for (int i = 0; i < count; i++) {
            key.partition(values.at(chosen[i]));
            BatchRows part = parts.get(key);
            if (part == null) {
                part = new BatchRows(batch);
                parts.put(key.copy(), part);
            }
            part.add(chosen[i]);
        }
        return parts;
    }

    /** Adds {@code rowsOfIt}, all of which are of {@code partition}. */
    void write(Optional<PartitionKey> partition, BatchRows rowsOfIt) {
        write(partition, rowsOfIt.batch(), rowsOfIt.indexes(), rowsOfIt.count());
    }

    private void write(Optional<PartitionKey> partition, RecordBatch batch, int[] chosen, int count) {
        DataFileWriter file = open.get(partition);
        if (file == null) {
            endOldest();
            file = opener.apply(partition);
            open.put(partition, file);
        }
        file.write(batch, chosen, count);
        rows += count;
        if (file.bytesWritten() + file.bufferedBytes() >= limits.targetBytes()) {
            open.remove(partition);
            end(file);
        }
    }

    private void endOldest() {
        Iterator<Map.Entry<Optional<PartitionKey>, DataFileWriter>> oldest =
                open.entrySet().iterator();
        while (open.size() >= limits.maxOpen()) {
            DataFileWriter file = oldest.next().getValue();
            oldest.remove();
            end(file);
        }
    }

    private void keepWithinMemory() {
        while (open.size() > 1 && bufferedBytes() > limits.bufferBytes()) {
            Map.Entry<Optional<PartitionKey>, DataFileWriter> largest = open.entrySet().stream()
                    .max(Comparator.comparingLong(entry -> entry.getValue().bufferedBytes()))
                    .orElseThrow();
            open.remove(largest.getKey());
            end(largest.getValue());
        }
    }

    private long bufferedBytes() {
        return open.values().stream().mapToLong(DataFileWriter::bufferedBytes).sum();
    }

    private void end(DataFileWriter file) {
        try {
            ended.add(file.close());
        } catch (RuntimeException e) {
            file.abort();
            throw e;
        }
    }

    /** Rows taken so far. */
    long rows() {
        return rows;
    }

    /** Ends all files that are open; the next row begins another. */
    void endAll() {
        Iterator<DataFileWriter> all = open.values().iterator();
        while (all.hasNext()) {
            DataFileWriter file = all.next();
            // One by one: if this one fails, the others are still there to be given up.
            all.remove();
            end(file);
        }
    }

    /** Ends all files, and gives all of the epoch. */
    List<DataFile> finish() {
        endAll();
        return List.copyOf(ended);
    }

    /** Gives up what is open. Files that were ended stay where they are. */
    void abort() {
        open.values().forEach(DataFileWriter::abort);
        open.clear();
    }
}
