package dev.penstock.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copying process is killed again and again at random instants; in the end every line is there exactly once. */
final class KillIT {
    private static final long SEED = 20261121;
    private static final int LINES = 150_000;
    private static final int KILLS = 10;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"out/", "out.txt"})
    void copiesEachLineExactlyOnce(String target) throws Exception {
        List<String> lines = IntStream.range(0, LINES)
                .mapToObj(i -> i + " " + "x".repeat(i % 50))
                .toList();
        Files.write(directory.resolve("in.txt"), lines);
        Random random = new Random(SEED + target.length());
        int killed = 0;
        for (int i = 0; i < KILLS; i++) {
            killed += runAndKill(target, random.nextInt(150)) ? 1 : 0;
        }
        assertThat(killed).isPositive();
        finish(target);
        System.out.println("seed " + SEED + ", " + target + ": " + killed + " of " + KILLS + " kills hit the copying");
        Path out = directory.resolve(target);
        List<String> copied = (Files.isDirectory(out) ? Writing.text(out) : Files.readString(out))
                .lines()
                .toList();
        assertThat(copied).hasSize(LINES);
        assertThat(copied.stream().sorted().toList())
                .isEqualTo(lines.stream().sorted().toList());
        assertThat(Writing.staged(directory)).isEmpty();
    }

    private void finish(String target) throws IOException, InterruptedException {
        Process last = start(target);
        try {
            assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(last.exitValue()).as("%s", Files.readString(log())).isZero();
        } finally {
            last.destroyForcibly().waitFor();
        }
    }

    private Path log() {
        return directory.resolve("log");
    }

    /** Kills a process some time after it has begun to copy; false if it was ready before. */
    private boolean runAndKill(String target, int millis) throws IOException, InterruptedException {
        byte[] before = state();
        Process process = start(target);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Arrays.equals(state(), before) && process.isAlive() && System.nanoTime() < deadline) {
            process.waitFor(5, TimeUnit.MILLISECONDS);
        }
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        if (ended) {
            assertThat(process.exitValue()).as("%s", Files.readString(log())).isZero();
        }
        process.destroyForcibly().waitFor();
        return !ended;
    }

    private byte[] state() throws IOException {
        Path state = directory.resolve("state");
        return Files.exists(state) ? Files.readAllBytes(state) : new byte[0];
    }

    private Process start(String target) throws IOException {
        List<String> command = Arrays.asList(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CopyProcess.class.getName(),
                directory.toString(),
                target);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }
}
