package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that goes on until somebody stops it. */
class SignalIT {
    private static final int ROWS = 2_000;

    @TempDir
    Path directory;

    private final List<String> expected = new ArrayList<>();

    @BeforeEach
    void writePipeline() throws Exception {
        Files.writeString(directory.resolve("pipeline.yaml"), """
                pipeline: follow
                checkpoint: { interval: 100ms, state: ./state }
                runtime: { discovery-interval: 50ms, batch-rows: 100 }
                source: { connector: files, path: ./in, follow: true }
                sinks:
                  - { connector: files, path: ./out }
                """);
        feed("first");
    }

    private void feed(String name) throws Exception {
        expected.addAll(Rows.write(directory.resolve("in").resolve(name), name, ROWS));
    }

    private Distribution.Started follow() throws Exception {
        int before = Rows.read(directory.resolve("out")).size();
        Distribution.Started run = Distribution.start(directory, "run", "pipeline.yaml");
        Eventually.holds("rows come out: " + Files.readString(run.errFile()), () -> {
            assertThat(run.process().isAlive())
                    .as(Files.readString(run.errFile()))
                    .isTrue();
            return Rows.read(directory.resolve("out")).size() > before;
        });
        return run;
    }

    @Test
    void drainsOnSigtermAndRepeatsNothingInTheNextRun() throws Exception {
        Distribution.Ended first;
        try (Distribution.Started run = follow()) {
            feed("second");
            first = run.terminate();
        }
        assertThat(first.exitCode()).as(first.err()).isEqualTo(130);
        assertThat(first.out()).contains("follow was stopped; the next run goes on from here");
        List<String> afterFirst = Rows.read(directory.resolve("out"));
        assertThat(afterFirst).doesNotHaveDuplicates().isSubsetOf(expected);
        feed("third");
        try (Distribution.Started run = follow()) {
            Eventually.holds(
                    "all rows come out",
                    () -> Rows.read(directory.resolve("out")).size() >= expected.size());
            assertThat(run.terminate().exitCode()).isEqualTo(130);
        }
        assertThat(Rows.read(directory.resolve("out")))
                .isEqualTo(expected.stream().sorted().toList());
    }

    @Test
    void refusesASecondProcessByHostAndProcess() throws Exception {
        try (Distribution.Started run = follow()) {
            Distribution.Ended second = Distribution.run(directory, "run", "pipeline.yaml");
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.err())
                    .contains("Cannot run pipeline 'follow': process "
                            + run.process().pid() + " on host '")
                    .contains("is running it; stop that process first");
            assertThat(run.terminate().exitCode()).isEqualTo(130);
        }
    }

    @Test
    void showsWhoRunsItAndRefusesToForgetMeanwhile() throws Exception {
        try (Distribution.Started run = follow()) {
            Distribution.Ended shown = Distribution.run(directory, "state", "show", "pipeline.yaml", "--json");
            assertThat(shown.out()).contains("\"process\":" + run.process().pid());
            Distribution.Ended reset = Distribution.run(directory, "state", "reset", "pipeline.yaml", "--yes");
            assertThat(reset.exitCode()).isEqualTo(1);
            assertThat(reset.err()).contains("is running it");
            assertThat(run.terminate().exitCode()).isEqualTo(130);
        }
    }
}
