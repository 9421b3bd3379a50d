package dev.penstock.conformance.engine;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Read and write, each in a thread of its own, until an epoch is over. */
final class KitWorkers implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(20);

    private final KitWriters writers;
    private final KitPartitions partitions;
    private final KitRun run;
    private final KitPool pool;
    private volatile boolean failed;

    KitWorkers(KitWriters writers, KitPartitions partitions, KitRun run) {
        this.writers = writers;
        this.partitions = partitions;
        this.run = run;
        this.pool = new KitPool(writers.count());
    }

    KitPool pool() {
        return pool;
    }

    /**
     * Runs an epoch.
     *
     * @return whether it is the last: everything was read, or somebody asked to stop
     */
    boolean run(EpochId epoch, Duration length) {
        writers.begin(epoch);
        long end = System.nanoTime() + length.toNanos();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int index = 0; index < writers.count(); index++) {
            int worker = index;
            tasks.add(() -> work(worker, end));
        }
        pool.all(tasks);
        if (partitions.ended()) {
            return true;
        }
        return run.awaitStop(end - System.nanoTime());
    }

    private boolean work(int worker, long end) {
        try {
            List<KitPartition> mine = partitions.of(worker, writers.count());
            boolean idle = false;
            long left = end - System.nanoTime();
            while (left > 0 && !failed && !run.isStopping() && !mine.stream().allMatch(KitPartition::ended)) {
                idle = !round(worker, mine, idle ? Math.min(left, LONGEST_WAIT.toNanos()) : 0);
                left = end - System.nanoTime();
            }
            return idle;
        } catch (RuntimeException | Error e) {
            failed = true;
            throw e;
        }
    }

    /** Asks each partition once; gives whether any had rows. */
    private boolean round(int worker, List<KitPartition> mine, long waitNanos) {
        boolean any = false;
        for (KitPartition partition : mine) {
            if (!partition.ended()) {
                Optional<RecordBatch> rows = partition.poll(Duration.ofNanos(any ? 0 : waitNanos / mine.size()));
                rows.ifPresent(batch -> writers.write(worker, batch));
                any |= rows.isPresent();
            }
        }
        return any;
    }

    @Override
    public void close() {
        failed = true;
        partitions.wakeup();
        pool.close();
    }
}
