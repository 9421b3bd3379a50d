package dev.penstock.examples.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.PipelineFile;
import dev.penstock.dataflow.Planner;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.EmbeddedEngine;
import dev.penstock.flow.testing.FlowResults;
import dev.penstock.flow.testing.FlowTester;
import dev.penstock.flow.testing.TestEngine;
import dev.penstock.flow.testing.TestSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SensorsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long COUNT = 70_000;
    private static final Pattern LINE = Pattern.compile(
            ".*\"sensor\":\"(?<sensor>\\d+)\".*\"window_start\":\"(?<start>[^\"]+)\".*\"total\":(?<total>[0-9.E-]+).*");

    @Test
    void sumsUpMinuteByMinuteAndSetsLateReadingsAside() {
        List<Reading> readings = List.of(
                reading("1", 1.5, 0),
                reading("2", 3, 10),
                reading("1", 2, 59),
                reading("1", 4, 70),
                reading("1", 9, 64));
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("sensors");
                    Sensors.sums(
                            flow.read("in", bed.source("in", readings)),
                            bed.sink("out", Sum::sensor),
                            bed.sink("late"));
                    return flow;
                })
                .everyWay();

        assertThat(results.<Sum>of("out"))
                .containsExactlyInAnyOrder(
                        new Sum("1", START, 3.5), new Sum("2", START, 3), new Sum("1", START.plusSeconds(60), 4));
        assertThat(results.<Reading>of("late")).containsExactly(reading("1", 9, 64));
    }

    private static Reading reading(String sensor, double value, int second) {
        return new Reading(sensor, value, START.plusSeconds(second));
    }

    @Test
    void givesTheSameAsAFlowAndAsAPipelineFile(@TempDir Path directory) throws IOException {
        List<String> byFile = runFile(directory);

        assertThat(byFile).hasSize(200).isEqualTo(runFlow());
    }

    private static List<String> runFlow() {
        TestSink<Sum> sums = TestSink.exactlyOnce();
        Flow flow = Flow.named("sensors");
        Sensors.sums(Sensors.simulated(flow, COUNT), sums, TestSink.exactlyOnce());
        TestEngine.withoutState().run(flow);
        return sums.items().stream().map(Sum::toString).sorted().toList();
    }

    private static List<String> runFile(Path directory) throws IOException {
        PipelineFile file = PipelineFile.read(
                Path.of("pipeline.yaml"),
                Map.of(),
                List.of(
                        "source.rows=" + COUNT,
                        "checkpoint.state=" + directory.resolve("state"),
                        "sinks.0.path=" + directory.resolve("sums")));
        Plan plan = new Planner(ConnectorCatalog.load(SensorsTest.class.getClassLoader()))
                .plan(file)
                .orThrow();
        EmbeddedEngine.of(plan).run();
        return lines(directory.resolve("sums")).stream()
                .map(SensorsTest::sum)
                .sorted()
                .toList();
    }

    private static List<String> lines(Path written) throws IOException {
        try (Stream<Path> files = Files.walk(written)) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .flatMap(SensorsTest::linesOf)
                    .toList();
        }
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sum(String line) {
        Matcher matcher = LINE.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return new Sum(
                        matcher.group("sensor"),
                        Instant.parse(matcher.group("start")),
                        Double.parseDouble(matcher.group("total")))
                .toString();
    }
}
