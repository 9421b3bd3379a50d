package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the writing process over and over, with another number of writers each time. */
final class KillIT {
    private static final int KILLS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void holdsEachRowOnceHoweverOftenTheProcessIsKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        FileStore store = new FileStore(directory.resolve("state"));
        int killed = 0;
        for (int round = 0; round < KILLS; round++) {
            long goal = store.load().sealed() + 2 + random.nextInt(12);
            Process child = start(1 + random.nextInt(4), 1_000_000);
            try {
                waitForEpoch(child, store, goal);
                Thread.sleep(Duration.ofMillis(random.nextInt(60)).toMillis());
            } finally {
                killed += child.isAlive() ? 1 : 0;
                child.destroyForcibly();
                assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(killed).as("kills that met a living process, seed %d", seed).isEqualTo(KILLS);
        long last = store.load().sealed() + 3;
        Process child = start(2, last);
        assertThat(child.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue())
                .as(Files.readString(directory.resolve("log")))
                .isZero();
        assertThat(TableReading.texts(directory)).as("seed %d", seed).isEqualTo(EpochLoop.expected(last));
    }

    private Process start(int writers, long lastEpoch) throws IOException {
        Path temporary = directory.resolve("tmp");
        // A killed process leaves the native library that it had unpacked.
        new LocalFiles().delete(temporary.toString());
        Files.createDirectories(temporary);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                KillMain.class.getName(),
                directory.toString(),
                String.valueOf(writers),
                String.valueOf(lastEpoch));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void waitForEpoch(Process child, FileStore store, long epoch) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (store.load().sealed() < epoch) {
            assertThat(child.isAlive())
                    .as(Files.readString(directory.resolve("log")))
                    .isTrue();
            assertThat(System.nanoTime()).as("time to reach epoch %d", epoch).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
