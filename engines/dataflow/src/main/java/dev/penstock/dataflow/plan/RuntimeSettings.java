package dev.penstock.dataflow.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Threads and memory.
 *
 * @param workers how many chains run side by side
 * @param batchRows the most rows of a batch that sources are asked for
 * @param batchBytes the most bytes of a batch that sources are asked for
 * @param queueBytes the most bytes that wait between readers and chains, over all partitions
 * @param discoveryInterval from one look for new partitions to the next
 * @param maxRestarts how often the pipeline is restarted in process, without progress in between, before it fails
 * @param stateMemoryBytes the most memory that the states of all steps with memory take, roughly; what is more waits on
 *     disk
 */
public record RuntimeSettings(
        int workers,
        int batchRows,
        long batchBytes,
        long queueBytes,
        Duration discoveryInterval,
        int maxRestarts,
        long stateMemoryBytes) {
    /** What holds if the pipeline says nothing. */
    public static final RuntimeSettings DEFAULT =
            new RuntimeSettings(1, 4096, 1L << 20, 8L << 20, Duration.ofSeconds(10), 10);

    public RuntimeSettings {
        requireNonNull(discoveryInterval, "discoveryInterval");
    }

    /** Settings with {@link #defaultStateMemoryBytes} for state. */
    public RuntimeSettings(
            int workers, int batchRows, long batchBytes, long queueBytes, Duration discoveryInterval, int maxRestarts) {
        this(workers, batchRows, batchBytes, queueBytes, discoveryInterval, maxRestarts, defaultStateMemoryBytes());
    }

    /** A quarter of the most that the heap of this process may take. */
    public static long defaultStateMemoryBytes() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /** These settings with {@code count} workers. */
    public RuntimeSettings withWorkers(int count) {
        return new RuntimeSettings(
                count, batchRows, batchBytes, queueBytes, discoveryInterval, maxRestarts, stateMemoryBytes);
    }

    /** These settings with batches of at most {@code count} rows. */
    public RuntimeSettings withBatchRows(int count) {
        return new RuntimeSettings(
                workers, count, batchBytes, queueBytes, discoveryInterval, maxRestarts, stateMemoryBytes);
    }

    /** These settings with at most {@code bytes} for state in memory. */
    public RuntimeSettings withStateMemoryBytes(long bytes) {
        return new RuntimeSettings(workers, batchRows, batchBytes, queueBytes, discoveryInterval, maxRestarts, bytes);
    }
}
