package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows of programs by the command line. */
class FlowIT {
    private static final Path CLASSES = Path.of("target/test-classes").toAbsolutePath();
    private static final String FLOW = "dev.penstock.cli.plugin.SampleFlow";

    @TempDir
    Path directory;

    private Distribution.Ended penstock(String command, String... more) {
        Stream<String> flow = Stream.of(command, "--flow", FLOW, "--class-path", CLASSES.toString());
        return Distribution.run(directory, Stream.concat(flow, Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void runsAFlow() {
        Distribution.Ended run = penstock("run", "--quiet");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(4).anyMatch(line -> line.contains("not"));
    }

    @Test
    void drawsAFlow() {
        assertThat(penstock("graph").out()).contains("words", "    split", "<- words.split");
        assertThat(penstock("graph", "--format", "mermaid").out()).contains("subgraph g0[\"words\"]");
        assertThat(penstock("graph", "--json").out()).contains("\"kind\": \"group\"");
    }

    @Test
    void checksAFlow() {
        Distribution.Ended check = penstock("check");
        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.out()).contains("ok    words.split", "at-least-once");
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertThat(penstock("run", "pipeline.yaml").err())
                .contains("Cannot take both a pipeline file and --flow: give one of them");
        assertThat(penstock("run", "--set", "a=b").err())
                .contains("Cannot override keys of a flow with --set: it has no file; change the program");
        assertThat(Distribution.run(directory, "run").err())
                .contains("Missing required parameter: 'PIPELINE', or --flow CLASS");
    }

    @Test
    void saysThatAClassIsMissing() {
        Distribution.Ended run =
                Distribution.run(directory, "run", "--flow", "Sensors", "--class-path", CLASSES.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("--flow: there is no class 'Sensors' in ")
                .doesNotContain("\tat ");
    }
}
