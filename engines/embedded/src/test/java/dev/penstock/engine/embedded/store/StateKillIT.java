package dev.penstock.engine.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it seals leaves a whole epoch, and the last one that it called durable or a later. */
final class StateKillIT {
    private static final int KILLS = Integer.getInteger("penstock.kills", 32);
    private static final long MOST_NANOS_BEFORE_A_KILL = TimeUnit.MILLISECONDS.toNanos(40);

    @TempDir
    private Path directory;

    @Test
    void alwaysLeavesAWholeEpoch() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long last = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long durable = sealUntilKilled(last, random);
            try (SqliteRecoveryStore store = SqliteRecoveryStore.of(directory, "orders")) {
                store.claim(Owner.current("parent"));
                long found = StoreCommands.wholeEpoch(store);
                assertThat(found).as("kill %d of seed %d", kill, seed).isBetween(durable, durable + 1);
                last = found;
            }
        }
        assertThat(last).as("epochs sealed with seed %d", seed).isGreaterThan(KILLS);
    }

    /** Gives the last epoch that the process called durable before it was killed. */
    private long sealUntilKilled(long from, Random random) {
        try (StoreProcess process = StoreProcess.start(directory, "orders", ThisHost.name())) {
            process.await("claimed");
            process.tell("run " + (from + 1));
            process.await("sealed " + (from + 1));
            LockSupport.parkNanos((long) (random.nextDouble() * MOST_NANOS_BEFORE_A_KILL));
            process.signal("KILL");
            long durable = from + 1;
            for (Optional<String> line = process.line(); line.isPresent(); line = process.line()) {
                if (line.get().matches("sealed \\d+")) {
                    durable = Long.parseLong(line.get().substring("sealed ".length()));
                }
            }
            return durable;
        }
    }
}
