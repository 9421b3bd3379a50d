package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and programs see of each command. */
class CommandLineIT {
    @TempDir
    Path directory;

    @BeforeEach
    void writePipeline() throws IOException {
        Rows.write(directory.resolve("in/rows"), "row", 3);
        Files.writeString(directory.resolve("pipeline.yaml"), """
                pipeline: copy
                checkpoint: { state: ./state }
                source:
                  connector: files
                  path: ./in
                  format: ndjson
                  columns: { id: string, value: int64 }
                sinks:
                  - connector: files
                    name: written
                    path: ./out
                    format: ndjson
                """);
    }

    private Distribution.Ended penstock(String... arguments) {
        return Distribution.run(directory, arguments);
    }

    @Test
    void copiesAndSaysSo() throws IOException {
        Distribution.Ended run = penstock("run", "pipeline.yaml");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("exactly-once");
        assertThat(run.out()).contains("copy is done", "3 rows", "3 rows written", "epochs", "memory");
        assertThat(Rows.read(directory.resolve("out"))).isEqualTo(Rows.read(directory.resolve("in")));
    }

    @Test
    void copiesCsvWithoutHeader() throws IOException {
        Files.createDirectories(directory.resolve("csv"));
        Files.writeString(directory.resolve("csv/a.csv"), "1,one\n2,\"two, or so\"\n");
        Files.writeString(directory.resolve("csv/b.csv"), "3,three\n");
        Files.writeString(directory.resolve("csv.yaml"), """
                pipeline: bare
                checkpoint: { state: ./csv-state }
                source:
                  connector: files
                  path: ./csv
                  format: { type: csv, header: false }
                  columns: { id: int64, name: string }
                transforms:
                  - filter: "id > 1"
                sink:
                  connector: files
                  path: ./bare.csv
                  format: { type: csv, header: false }
                """);

        Distribution.Ended run = penstock("run", "csv.yaml");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readAllLines(directory.resolve("bare.csv")))
                .containsExactlyInAnyOrder("2,\"two, or so\"", "3,three");
    }

    @Test
    void summarisesForProgramsOnStandardOutputAlone() {
        Distribution.Ended run = penstock("run", "pipeline.yaml", "--json", "--quiet");
        assertThat(run.out())
                .startsWith("{\"pipeline\":\"copy\",\"ending\":\"done\"")
                .contains("\"rows\":3", "\"guarantee\":\"exactly-once\"", "\"dead_letters\":0");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void readsNothingAgainInTheNextRun() throws IOException {
        penstock("run", "pipeline.yaml");
        assertThat(penstock("run", "pipeline.yaml", "--json").out()).contains("\"rows\":0");
        assertThat(Rows.read(directory.resolve("out"))).hasSize(3);
    }

    @Test
    void pointsToTheLineOfATypoAndToWhatWasMeant() throws IOException {
        Path pipeline = directory.resolve("pipeline.yaml");
        Files.writeString(pipeline, Files.readString(pipeline).replace("path: ./in", "pth: ./in"));
        Distribution.Ended run = penstock("run", "pipeline.yaml");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("pipeline.yaml:5: source.pth: is not a setting here; did you mean 'path'?")
                .contains("2 problems; nothing was run")
                .doesNotContain("Exception", "\tat ");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void overridesKeysFromTheCommandLine() throws IOException {
        assertThat(penstock("run", "pipeline.yaml", "--set", "sinks.0.path=./elsewhere")
                        .exitCode())
                .isZero();
        assertThat(Rows.read(directory.resolve("elsewhere"))).hasSize(3);
        assertThat(penstock("run", "pipeline.yaml", "--set", "sinks.0.pat=./x").err())
                .contains("did you mean 'path'?");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        Distribution.Ended run = penstock("rnu", "pipeline.yaml");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Cannot do 'rnu': it is not a command; did you mean 'run'?");
    }

    @Test
    void checksWithoutChangingAnything() {
        Distribution.Ended check = penstock("check", "pipeline.yaml");
        assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
        assertThat(check.out()).contains("ok    files", "id string, value int64", "copy: exactly-once");
        assertThat(directory.resolve("out")).doesNotExist();
        assertThat(directory.resolve("state")).doesNotExist();
    }

    @Test
    void checkFindsWhatIsMissingOutside() {
        Distribution.Ended check = penstock("check", "pipeline.yaml", "--set", "source.path=./nowhere");
        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.out() + check.err()).contains("nowhere");
    }

    @Test
    void describesConnectorsAndDrawsPipelines() {
        assertThat(penstock("connectors").out()).contains("files", "lancedb", "chunk", "embed", "filter", "mask");
        assertThat(penstock("describe", "files").out()).contains("glob", "As a source:", "As a sink:");
        assertThat(penstock("describe", "flies").err()).contains("did you mean 'files'?");
        assertThat(penstock("graph", "pipeline.yaml", "--format", "mermaid").out())
                .contains("flowchart");
        assertThat(penstock("schema").out()).contains("\"$schema\"");
    }

    @Test
    void showsAndDropsState() {
        penstock("run", "pipeline.yaml");
        assertThat(penstock("state", "show", "pipeline.yaml").out())
                .contains("copy: epoch", "not running", "files: 1 partition");
        assertThat(penstock("state", "reset", "pipeline.yaml").exitCode()).isEqualTo(2);
        assertThat(penstock("state", "reset", "pipeline.yaml", "--yes").exitCode())
                .isZero();
        assertThat(penstock("run", "pipeline.yaml", "--json").out()).contains("\"rows\":3");
    }

    @Test
    void refusesToForgetARenamedStep() throws IOException {
        penstock("run", "pipeline.yaml");
        Path pipeline = directory.resolve("pipeline.yaml");
        Files.writeString(
                pipeline,
                Files.readString(pipeline)
                        .replace("connector: files\n  path: ./in", "connector: files\n  name: renamed\n  path: ./in"));
        Distribution.Ended run = penstock("run", "pipeline.yaml");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains("'files'", "state reset");
    }

    @Test
    void worksFromAnywhereWithSpacesInPaths() throws IOException {
        Path spaced = Files.createDirectories(directory.resolve("a directory with spaces"));
        Files.copy(directory.resolve("pipeline.yaml"), spaced.resolve("my pipeline.yaml"));
        Rows.write(spaced.resolve("in/rows"), "row", 3);
        Distribution.Ended run =
                penstock("run", spaced.resolve("my pipeline.yaml").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Rows.read(spaced.resolve("out"))).hasSize(3);
    }
}
