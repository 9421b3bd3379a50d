package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.dataflow.flow.Update;
import dev.penstock.engine.embedded.EmbeddedEngine;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that keeps running sums by key, at random moments, each time with other workers; then lets it end.
 */
final class KilledFlowIT {
    private static final int KILLS = Integer.getInteger("kills", 5);
    private static final long SEED = Long.getLong("kills.seed", 20_261_121L);
    private static final int ITEMS = 20_000;
    private static final int KEYS = 40;

    @TempDir
    private Path directory;

    @Test
    void keepsRunningSumsThoughItIsKilledAgainAndAgain() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        int landed = 0;
        for (int attempt = 0; landed < KILLS && attempt < 3 * KILLS; attempt++) {
            landed += killOnce(1 + random.nextInt(3), random.nextInt(400)) ? 1 : 0;
        }
        assertThat(start(2).waitFor()).as(errors()).isZero();

        assertThat(landed).as("kills that hit a running process, seed " + SEED).isGreaterThanOrEqualTo(KILLS / 2);
        assertThat(written().equals(expected()))
                .as("each sum once, seed " + SEED)
                .isTrue();
    }

    /** Whether the process was still busy when it was killed. */
    private boolean killOnce(int workers, int afterMillis) throws Exception {
        Process process = start(workers);
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.readLine();
            LockSupport.parkNanos(Duration.ofMillis(afterMillis).toNanos());
            boolean busy = process.isAlive();
            process.destroyForcibly().waitFor();
            return busy;
        }
    }

    private Process start(int workers) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString(),
                        String.valueOf(workers))
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
    }

    private String errors() throws IOException {
        Path file = directory.resolve("errors.txt");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private List<String> written() throws IOException {
        List<String> lines = new ArrayList<>();
        Path out = directory.resolve("out");
        try (Stream<Path> found = Files.walk(out)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                if (!("/" + out.relativize(file)).contains("/.")) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        Collections.sort(lines);
        return lines;
    }

    private static List<String> expected() {
        List<String> lines = new ArrayList<>();
        long[] sums = new long[KEYS];
        for (int item = 0; item < ITEMS; item++) {
            sums[item % KEYS] += item;
            lines.add(item % KEYS + " " + sums[item % KEYS]);
        }
        Collections.sort(lines);
        return lines;
    }

    /** The process that is killed. */
    static final class Child {
        private static final Schema LINE = Schema.of(Field.required("text", DataType.STRING));

        private Child() {}

        /** Runs the flow in the directory given, with the number of workers given. */
        public static void main(String[] arguments) {
            Flow flow = flow(Path.of(arguments[0])).workers(Integer.parseInt(arguments[1]));
            EmbeddedEngine engine = EmbeddedEngine.of(flow.plan());
            System.out.println("started");
            engine.run();
        }

        private static Flow flow(Path directory) {
            Flow flow = Flow.named("sums").checkpoint(Duration.ofMillis(15), directory.resolve("state"));
            flow.read("in", ItemSource.generated(ITEMS, item -> item))
                    .inspect("slowly", item -> LockSupport.parkNanos(1))
                    .keyBy("key", item -> String.valueOf(item % KEYS))
                    .<Long, Long>statefulMap("sum", (before, item) -> {
                        long sum = before.orElse(0L) + item;
                        return Update.keep(sum, sum);
                    })
                    .toStream("entries")
                    .toRows("lines", LINE, (entry, row) -> row.string(0, entry.getKey() + " " + entry.getValue()))
                    .to("out", "files", Map.of("path", directory.resolve("out").toString(), "format", "text"));
            return flow;
        }
    }
}
