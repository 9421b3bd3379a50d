package dev.penstock.dataflow;

import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the first rows of a source and leaves no trace: no position is kept and nothing is released upstream.
 *
 * <p>Waits for a first row if there is none yet, but not for long.
 */
final class SourceSample implements AutoCloseable {
    private static final int MAX_PARTITIONS = 64;
    private static final int ROWS_A_PARTITION = 1_000;
    private static final int MAX_ROWS = 10_000;
    private static final int POLL_ROWS = 500;
    private static final long POLL_BYTES = 4L << 20;
    private static final Duration POLL_WAIT = Duration.ofMillis(50);
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final Map<SourcePartition, Integer> reading = new LinkedHashMap<>();
    private final List<RecordBatch> batches = new ArrayList<>();
    private final long deadline = System.nanoTime() + MAX_WAIT.toNanos();
    private int rows;

    private SourceSample() {}

    /** Some rows of {@code source}, which is open; none if it has none or gives none in time. */
    static List<RecordBatch> of(Source source) {
        try (SourceSample sample = new SourceSample()) {
            for (Partition partition : first(source.discover(MAX_WAIT).partitions())) {
                sample.reading.put(source.partition(partition, Optional.empty()), 0);
            }
            sample.read();
            return sample.batches;
        }
    }

    private static List<Partition> first(List<Partition> partitions) {
        return partitions.subList(0, Math.min(MAX_PARTITIONS, partitions.size()));
    }

    private void read() {
        boolean progress = true;
        while (rows < MAX_ROWS && !reading.isEmpty() && (progress || rows == 0) && System.nanoTime() < deadline) {
            if (!progress) {
                LockSupport.parkNanos(POLL_WAIT.toNanos());
            }
            progress = readOnce();
        }
    }

    /** Asks every partition once; false if none had anything. */
    private boolean readOnce() {
        boolean progress = false;
        for (Iterator<Map.Entry<SourcePartition, Integer>> all = reading.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<SourcePartition, Integer> entry = all.next();
            Poll poll = entry.getKey().poll(POLL_ROWS, POLL_BYTES, POLL_WAIT);
            if (poll instanceof Poll.Rows found) {
                batches.add(found.rows());
                rows += found.rows().rowCount();
                entry.setValue(entry.getValue() + found.rows().rowCount());
                progress = true;
            }
            if (poll instanceof Poll.End || entry.getValue() >= ROWS_A_PARTITION) {
                entry.getKey().close();
                all.remove();
            }
        }
        return progress;
    }

    @Override
    public void close() {
        reading.keySet().forEach(SourcePartition::close);
    }
}
