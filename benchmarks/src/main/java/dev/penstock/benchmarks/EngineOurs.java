package dev.penstock.benchmarks;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.PipelineFile;
import dev.penstock.dataflow.Planned;
import dev.penstock.dataflow.Planner;
import dev.penstock.engine.embedded.EmbeddedEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a pipeline file in this JVM, once small to warm up and once whole. */
final class EngineOurs {
    private EngineOurs() {}

    public static void main(String[] arguments) throws Exception {
        Path pipeline = Path.of(arguments[0]);
        long rows = Long.parseLong(arguments[1]);
        execute(pipeline, rows / 20);
        Measured measured = Measured.start();
        execute(pipeline, rows);
        measured.print(rows);
    }

    private static void execute(Path pipeline, long rows) {
        PipelineFile file = PipelineFile.read(pipeline, Map.of(), List.of("source.rows=" + rows));
        Planned planned = new Planner(ConnectorCatalog.load(EngineOurs.class.getClassLoader())).plan(file);
        EmbeddedEngine.of(planned.plan()
                        .orElseThrow(() ->
                                new IllegalStateException(planned.problems().toString())))
                .run();
    }
}
