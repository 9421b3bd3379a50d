package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.spi.EpochId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Measures the store: what a start, an epoch and a resume cost. Prints milliseconds, the median of several rounds.
 *
 * <p>The argument is the number of live keys; 1,000,000 without one. Keys have 16 bytes and values 40, at random.
 */
public final class StateBenchmark {
    private static final int KEY_BYTES = 16;
    private static final int VALUE_BYTES = 40;
    private static final int KEYS_OF_A_LOAD = 100_000;
    private static final int ROUNDS = 7;

    private final Random random = new Random(42);
    private final Path directory;
    private final byte[][] keys;
    private long epoch;

    private StateBenchmark(Path directory, int count) {
        this.directory = directory;
        this.keys = new byte[count][];
        for (int i = 0; i < count; i++) {
            keys[i] = bytes(KEY_BYTES);
        }
    }

    /** Milliseconds by the clock, and of the processor, which tell the work from the waiting on a busy machine. */
    private record Cost(double wall, double processor) {}

    /** Something to be timed. */
    private interface Work {
        void run();
    }

    public static void main(String[] arguments) throws IOException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        Path directory = Files.createTempDirectory("state-benchmark");
        try {
            new StateBenchmark(directory, count).run();
        } finally {
            for (Path file : new StateFiles(directory, "bench").all()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(new StateFiles(directory, "bench").lock());
            Files.delete(directory);
        }
    }

    private void run() {
        report("first claim of a new state, native library included", time(() -> open().close()));
        report("claim of an empty state, and close", median(() -> open().close()));
        report("load of " + keys.length + " keys", time(this::load));
        try (SqliteRecoveryStore store = open()) {
            report("seal of an epoch without changes", median(() -> seal(store, 0)));
            report("seal of 10,000 changed keys", median(() -> seal(store, 10_000)));
            report("seal of 100,000 changed keys", median(() -> seal(store, 100_000)));
            report("renewal of the lease", median(store::renew));
            report("stream of all keys", median(() -> stream(store)));
        }
        report("claim, recover and stream of all keys", median(this::resume));
    }

    private SqliteRecoveryStore open() {
        SqliteRecoveryStore store = SqliteRecoveryStore.of(directory, "bench");
        store.claim(Owner.current("bench"));
        return store;
    }

    private void load() {
        try (SqliteRecoveryStore store = open()) {
            for (int from = 0; from < keys.length; from += KEYS_OF_A_LOAD) {
                store.seal(changes(Arrays.asList(keys).subList(from, Math.min(keys.length, from + KEYS_OF_A_LOAD))));
            }
        }
    }

    private void seal(SqliteRecoveryStore store, int count) {
        List<byte[]> changed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changed.add(keys[random.nextInt(keys.length)]);
        }
        store.seal(changes(changed));
    }

    private SealedEpoch changes(List<byte[]> changed) {
        List<KeyChange> changes = new ArrayList<>(changed.size());
        for (byte[] key : changed) {
            changes.add(new KeyChange("count", key, Optional.of(bytes(VALUE_BYTES))));
        }
        return new SealedEpoch(new EpochId("bench", ++epoch), List.of(), List.of(), List.of(), List.of(), changes);
    }

    private void resume() {
        try (SqliteRecoveryStore store = open()) {
            store.recover();
            stream(store);
        }
    }

    private void stream(SqliteRecoveryStore store) {
        long[] seen = new long[1];
        store.keyedState("count", (key, value) -> seen[0]++);
        if (seen[0] != keys.length) {
            throw new IllegalStateException("Expected " + keys.length + " keys, but found " + seen[0]);
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Cost median(Work work) {
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            costs.add(time(work));
        }
        costs.sort(Comparator.comparingDouble(Cost::wall));
        return costs.get(ROUNDS / 2);
    }

    private static Cost time(Work work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long processor = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        work.run();
        return new Cost((System.nanoTime() - start) / 1e6, (threads.getCurrentThreadCpuTime() - processor) / 1e6);
    }

    private static void report(String what, Cost cost) {
        System.out.printf("%-60s %10.1f ms %10.1f ms of the processor%n", what, cost.wall(), cost.processor());
    }
}
