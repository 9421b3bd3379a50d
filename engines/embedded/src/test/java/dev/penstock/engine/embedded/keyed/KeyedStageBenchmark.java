package dev.penstock.engine.embedded.keyed;

import dev.penstock.spi.data.RecordBatch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Measures a worker of a counting step: rows a second of processor time for few and many keys, and how long barriers
 * hold it up. Arguments: the numbers of keys; {@code 1 1000 1000000} without.
 */
public final class KeyedStageBenchmark {
    private static final int BATCH_ROWS = 4_096;
    private static final int BATCHES = 512;
    private static final int ROUNDS = 5;
    private static final int BARRIERS = 200;

    private final int keys;
    private final Random random = new Random(42);
    private final KeyedStage<Long> stage;
    private long emitted;

    private KeyedStageBenchmark(int keys) {
        this.keys = keys;
        this.stage = new KeyedStage<>(
                new Counting(),
                0,
                List.of(Counting.SCHEMA),
                InstantSource.system(),
                (output, batch) -> emitted += batch.rowCount());
    }

    public static void main(String[] arguments) {
        List<String> sizes = arguments.length > 0 ? List.of(arguments) : List.of("1", "1000", "1000000");
        for (String size : sizes) {
            KeyedStageBenchmark benchmark = new KeyedStageBenchmark(Integer.parseInt(size));
            benchmark.rows(true);
            benchmark.rows(false);
            benchmark.barriers();
        }
    }

    /** @param same whether a key is always the same object, or a new one with each row, as after parsing */
    private void rows(boolean same) {
        String[] names = new String[keys];
        for (int i = 0; i < keys; i++) {
            names[i] = name(i);
        }
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<RecordBatch> batches = new ArrayList<>();
            for (int i = 0; i < BATCHES; i++) {
                batches.add(batch(names, BATCH_ROWS, same));
            }
            long start = processorNanos();
            batches.forEach(batch -> stage.rows(0, batch));
            best = Math.max(best, 1e9 * BATCHES * BATCH_ROWS / (processorNanos() - start));
            stage.snapshot();
        }
        System.out.printf(
                "%,9d keys, %s objects: %6.2f M rows/s, %,d emitted%n",
                keys, same ? "same" : "new ", best / 1e6, emitted);
    }

    private static String name(int key) {
        return "sensor-" + key;
    }

    private RecordBatch batch(String[] names, int count, boolean same) {
        Object[] key = new Object[count];
        Object[] item = new Object[count];
        for (int row = 0; row < count; row++) {
            int number = random.nextInt(keys);
            key[row] = same ? names[number] : name(number);
            item[row] = (long) row;
        }
        return Counting.batch(key, item);
    }

    /** Every barrier finds one in a hundred keys changed. */
    private void barriers() {
        String[] names = new String[keys];
        for (int i = 0; i < keys; i++) {
            names[i] = name(i);
        }
        List<Double> millis = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (int barrier = 0; barrier < BARRIERS; barrier++) {
            stage.rows(0, batch(names, Math.max(1, keys / 100), true));
            long start = System.nanoTime();
            long busy = processorNanos();
            stage.snapshot();
            processor.add((processorNanos() - busy) / 1e6);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        print("barrier with 1 % changed", millis);
        print("processor time of it", processor);
    }

    private void print(String what, List<Double> millis) {
        millis.sort(Double::compare);
        System.out.printf(
                "%,9d keys, %s: p50 %.2f ms, p99 %.2f ms, most %.2f ms%n",
                keys, what, millis.get(BARRIERS / 2), millis.get(BARRIERS * 99 / 100), millis.get(BARRIERS - 1));
    }

    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadCpuTime();
    }
}
