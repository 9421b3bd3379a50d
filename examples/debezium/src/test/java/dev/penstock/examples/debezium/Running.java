package dev.penstock.examples.debezium;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.PipelineFile;
import dev.penstock.dataflow.Planned;
import dev.penstock.dataflow.Planner;
import dev.penstock.engine.embedded.EmbeddedEngine;
import dev.penstock.engine.embedded.RunReport;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Runs pipelines from topics into the memory of the test. */
final class Running {
    private final Path directory;
    private final String bootstrapServers;
    private boolean takesUnchanged = true;

    Running(Path directory, String bootstrapServers) {
        this.directory = directory;
        this.bootstrapServers = bootstrapServers;
    }

    /** Runs the pipeline {@code file} to its end. */
    static RunReport run(Path file, Map<String, String> environment, List<String> overrides) {
        ConnectorCatalog catalog = ConnectorCatalog.load(Running.class.getClassLoader());
        return EmbeddedEngine.of(new Planner(catalog)
                        .plan(PipelineFile.read(file, environment, overrides))
                        .orThrow())
                .run();
    }

    /** With a sink that cannot be told that a value did not change. */
    Running intoPlainSink() {
        takesUnchanged = false;
        return this;
    }

    /** Reads {@code source}, the settings of a source without its servers, until its last row; gives all rows. */
    RecordBatch all(String source) throws Exception {
        return until(Running::hasLast, source);
    }

    private static boolean hasLast(RecordBatch rows) {
        return rows.toRows().stream()
                .anyMatch(row -> row.get("id", Number.class).longValue() == -1);
    }

    /** As {@link #all}, until {@code enough}. */
    RecordBatch until(Predicate<RecordBatch> enough, String source) throws Exception {
        return run(enough, source, "sink: { connector: collecting }");
    }

    /** Reads all of {@code source}, and writes what it has read to the topic copy in {@code format}. */
    void copy(String source, String format) throws Exception {
        run(Running::hasLast, source, """
                sinks:
                  - connector: collecting
                  - connector: kafka
                    bootstrap-servers: %s
                    topic: copy
                    delivery: at-least-once
                    format: %s
                """.formatted(bootstrapServers, format));
    }

    private RecordBatch run(Predicate<RecordBatch> enough, String source, String sinks) throws Exception {
        Collecting collecting = new Collecting(takesUnchanged);
        EmbeddedEngine engine = engine(source, sinks, collecting);
        CompletableFuture<?> running =
                CompletableFuture.supplyAsync(engine::run).whenComplete((report, failure) -> collecting.end());
        Optional<RecordBatch> rows = collecting.await(enough);
        engine.stop();
        running.get(60, TimeUnit.SECONDS);
        return rows.orElseThrow();
    }

    private EmbeddedEngine engine(String source, String sinks, Collecting collecting) throws IOException {
        // A directory of its own, or it would go on from the state of the one before.
        Path file = Files.createTempDirectory(directory, "pipeline").resolve("pipeline.yaml");
        Files.writeString(file, """
                pipeline: test
                source:
                  connector: kafka
                  bootstrap-servers: %s
                %s
                %s
                """.formatted(bootstrapServers, source.indent(2).stripTrailing(), sinks));
        ConnectorCatalog catalog =
                ConnectorCatalog.load(Running.class.getClassLoader()).with(Map.of("collecting", () -> collecting));
        Planned planned = new Planner(catalog).plan(PipelineFile.read(file, Map.of(), List.of()));
        return EmbeddedEngine.of(planned.orThrow());
    }
}
