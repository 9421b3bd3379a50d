package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills pipelines at random moments, and compares what came out row by row. */
class KillIT {
    private static final int KILLS = 25;

    private final long seed = Long.getLong("penstock.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> expected = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void filesToFilesLosesAndRepeatsNothing() throws Exception {
        Path pipeline = write("""
                pipeline: copy
                checkpoint: { interval: 20ms, state: ./state }
                runtime: { batch-rows: 200 }
                source: { connector: files, path: ./in }
                sinks:
                  - { connector: files, path: ./out, roll-rows: 3000 }
                """);
        killAgainAndAgain(pipeline, 20_000);
        assertThat(Rows.read(directory.resolve("out"))).as("seed " + seed).isEqualTo(sorted());
    }

    @Test
    void filesToLanceDbLosesAndRepeatsNothing() throws Exception {
        Path pipeline = write("""
                pipeline: load
                checkpoint: { interval: 50ms, state: ./state }
                runtime: { batch-rows: 500 }
                source: { connector: files, path: ./in, format: ndjson, columns: { id: string, value: int64 } }
                sinks:
                  - { connector: lancedb, uri: ./database, table: rows }
                """);
        killAgainAndAgain(pipeline, 4_000);
        assertThat(Rows.read(exported())).as("seed " + seed).isEqualTo(sorted());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("pipeline.yaml"), text);
    }

    private List<String> sorted() {
        return expected.stream().sorted().toList();
    }

    /** Each run gets new rows, and is killed at a moment between its start and a little after a whole run's length. */
    private void killAgainAndAgain(Path pipeline, int rows) throws Exception {
        long wholeRun = completeRun(pipeline, "first", rows);
        for (int kills = 0, attempt = 0; kills < KILLS; attempt++) {
            assertThat(attempt)
                    .as("attempts to kill a run before it ends, seed " + seed)
                    .isLessThan(4 * KILLS);
            expected.addAll(Rows.write(directory.resolve("in/" + attempt), "round" + attempt, rows));
            if (killed(pipeline, (long) (random.nextDouble() * 1.1 * wholeRun))) {
                kills++;
            }
        }
        completeRun(pipeline, "last", rows);
    }

    private long completeRun(Path pipeline, String group, int rows) throws IOException {
        expected.addAll(Rows.write(directory.resolve("in/" + group), group, rows));
        long started = System.nanoTime();
        Distribution.Ended run = Distribution.run(directory, "run", pipeline.toString());
        assertThat(run.exitCode()).as("seed " + seed + ": " + run.err()).isZero();
        return System.nanoTime() - started;
    }

    private boolean killed(Path pipeline, long afterNanos) throws InterruptedException {
        try (Distribution.Started run = Distribution.start(directory, "run", pipeline.toString())) {
            if (!run.process().waitFor(afterNanos, TimeUnit.NANOSECONDS)) {
                return run.kill().exitCode() == 128 + 9;
            }
            assertThat(run.await().exitCode())
                    .as("seed " + seed + ": " + run.await().err())
                    .isZero();
            return false;
        }
    }

    /** What the table holds, read by Penstock itself. */
    private Path exported() throws IOException {
        Files.writeString(directory.resolve("export.yaml"), """
                pipeline: export
                checkpoint: { state: ./export-state }
                source: { connector: lancedb, uri: ./database, table: rows }
                sinks:
                  - { connector: files, path: ./exported, format: ndjson }
                """);
        Distribution.Ended run = Distribution.run(directory, "run", "export.yaml");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return directory.resolve("exported");
    }
}
