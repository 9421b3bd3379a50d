package dev.penstock.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.connector.files.FilesConnector;
import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.PipelineBuilder;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.testing.PauseConnector;
import dev.penstock.spi.Connector;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that copies files, at random moments, until it has been killed often enough; then lets it finish. */
final class KilledProcessIT {
    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final long SEED = Long.getLong("kills.seed", 20_261_121L);
    private static final int FILES = 3;
    private static final int LINES = 40_000;

    @TempDir
    private Path directory;

    @Test
    void copiesEveryLineOnceThoughItIsKilledAgainAndAgain() throws Exception {
        List<String> written = writeInput();
        SplittableRandom random = new SplittableRandom(SEED);
        int landed = 0;
        for (int attempt = 0; landed < KILLS && attempt < 3 * KILLS; attempt++) {
            landed += killOnce(1 + random.nextInt(3), random.nextInt(350)) ? 1 : 0;
        }
        Process last = start(2);
        assertThat(last.waitFor()).isZero();

        assertThat(landed).as("kills that hit a running process, seed " + SEED).isGreaterThanOrEqualTo(KILLS / 2);
        assertThat(copied().equals(written)).as("each line once, seed " + SEED).isTrue();
    }

    private List<String> writeInput() throws IOException {
        Path in = Files.createDirectories(directory.resolve("in"));
        List<String> all = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            int number = file;
            List<String> lines = IntStream.range(0, LINES)
                    .mapToObj(line -> "file " + number + " line " + line)
                    .toList();
            Files.write(in.resolve("part-" + file + ".txt"), lines);
            all.addAll(lines);
        }
        Collections.sort(all);
        return all;
    }

    /** Whether the process was still busy when it was killed. */
    private boolean killOnce(int workers, int afterMillis) throws Exception {
        Process process = start(workers);
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.readLine();
            Thread.sleep(afterMillis);
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

    private List<String> copied() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(directory.resolve("out"))) {
            lines.addAll(Files.readAllLines(file));
        }
        Collections.sort(lines);
        return lines;
    }

    /** What a reader sees: no file whose name, or whose directory's name, begins with a dot. */
    private static List<Path> files(Path in) throws IOException {
        try (Stream<Path> found = Files.walk(in)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> !in.relativize(file).toString().contains("/."))
                    .filter(file -> !in.relativize(file).toString().startsWith("."))
                    .toList();
        }
    }

    /** The process that is killed. */
    static final class Child {
        private Child() {}

        /** Copies {@code in} to {@code out} below the directory given, with the number of workers given. */
        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            EmbeddedEngine engine = EmbeddedEngine.of(plan(directory, Integer.parseInt(arguments[1])));
            System.out.println("started");
            engine.run();
        }

        private static Plan plan(Path directory, int workers) {
            List<Connector> connectors = List.of(new FilesConnector(), new PauseConnector());
            return PipelineBuilder.named("copy")
                    .baseDirectory(directory)
                    .checkpoint(Duration.ofMillis(15), directory.resolve("state"))
                    .runtime(Map.of("workers", workers, "batch-rows", 200))
                    .source("files", Map.of("path", directory.resolve("in")))
                    .transform("pause", Duration.ofMillis(8))
                    .sink("files", Map.of("path", directory.resolve("out")))
                    .plan(ConnectorCatalog.of(connectors));
        }
    }
}
