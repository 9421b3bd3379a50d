package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.PipelineFile;
import dev.penstock.dataflow.Planner;
import dev.penstock.engine.embedded.EmbeddedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that runs a pipeline file with all of its kinds of steps with memory, at random moments, each time
 * with other workers; then lets it end.
 */
final class KilledPipelineIT {
    private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");
    private static final int FILES = 3;
    private static final int ORDERS = 15_000;
    private static final int CUSTOMERS = 50;
    private static final int MOST_LINES = 200;

    private static final String PIPELINE = """
            pipeline: shop
            checkpoint: { interval: 15ms, state: ./state }
            runtime: { batch-rows: 100 }
            sources:
              - { connector: files, name: orders, path: ./orders, format: ndjson }
              - { connector: files, name: payments, path: ./payments, format: ndjson }
            transforms:
              - { tell: order, name: told, from: orders }
              - { cast: { at: timestamp }, name: ordered }
              - { cast: { at: timestamp }, name: paid, from: payments }
              - aggregate:
                  key: [customer]
                  columns: { rows: count(), total: sum(amount), all: collect(id) }
                  time: at
                  tumbling: 1m
                name: totals
                from: ordered
              - { deduplicate: { key: [customer], within: 30s, time: at }, name: firsts, from: ordered }
              - join: { key: [id], time: at, tumbling: 1h, missing: keep }
                name: both
                from: [ordered, paid]
            sinks:
              - { connector: files, name: totals-out, path: ./totals, format: ndjson, from: totals }
              - { connector: files, name: firsts-out, path: ./firsts, format: ndjson, from: firsts }
              - { connector: files, name: both-out, path: ./both, format: ndjson, from: both }
            """;

    @TempDir
    private Path killed;

    @TempDir
    private Path whole;

    @BeforeEach
    void write() throws IOException {
        for (Path directory : List.of(killed, whole)) {
            Files.writeString(directory.resolve("pipeline.yaml"), PIPELINE);
            for (int file = 0; file < FILES; file++) {
                write(directory.resolve("orders"), file, 1);
                write(directory.resolve("payments"), file, 3);
            }
        }
    }

    /** One line for every {@code step}th order of a file; customers have all their orders in one file, in order. */
    private static void write(Path directory, int file, int step) throws IOException {
        String amount = step == 1 ? "amount" : "paid_amount";
        List<String> lines = IntStream.range(0, ORDERS)
                .filter(order -> order % step == 0)
                .mapToObj(order -> step == 1
                        ? "{\"id\": \"%d-%d\", \"customer\": \"%d-%d\", \"at\": \"%s\", \"%s\": %d}"
                                .formatted(file, order, file, order % CUSTOMERS, time(order), amount, order)
                        : "{\"id\": \"%d-%d\", \"at\": \"%s\", \"%s\": %d}"
                                .formatted(file, order, time(order), amount, order))
                .toList();
        Files.createDirectories(directory);
        Files.write(directory.resolve("part-" + file + ".ndjson"), lines);
    }

    private static Instant time(int order) {
        return START.plusMillis(500L * order);
    }

    @Test
    void givesWhatAnUninterruptedRunGivesThoughItIsKilledAgainAndAgain() throws Exception {
        KilledChild uninterrupted = new KilledChild(Child.class, whole, MOST_LINES);
        uninterrupted.run(1);
        KilledChild child = new KilledChild(Child.class, killed, MOST_LINES);
        child.runToItsEnd();

        for (String out : List.of("totals", "firsts", "both")) {
            List<String> expected = uninterrupted.written(out);
            assertThat(expected).as(out).isNotEmpty();
            // A message with all lines would help nobody.
            assertThat(child.written(out).equals(expected))
                    .as("the same %s, %s", out, KilledChild.seed())
                    .isTrue();
        }
        assertThat(child.written("both")).hasSize(FILES * ORDERS);
    }

    /** The process that is killed. */
    static final class Child {
        private Child() {}

        /** Runs the pipeline in the directory given, with the number of workers given. */
        public static void main(String[] arguments) {
            PipelineFile file = PipelineFile.read(
                    Path.of(arguments[0]).resolve("pipeline.yaml"),
                    Map.of(),
                    List.of("runtime.workers=" + arguments[1]));
            ConnectorCatalog catalog = ConnectorCatalog.load(Child.class.getClassLoader());
            EmbeddedEngine.of(new Planner(catalog).plan(file).orThrow()).run();
        }
    }
}
