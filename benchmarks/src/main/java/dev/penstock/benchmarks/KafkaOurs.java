package dev.penstock.benchmarks;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.PipelineFile;
import dev.penstock.dataflow.Planned;
import dev.penstock.dataflow.Planner;
import dev.penstock.engine.embedded.EmbeddedEngine;
import dev.penstock.engine.embedded.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a pipeline file in this JVM: first with the overrides that warm up, then whole, as a pipeline that is new. */
final class KafkaOurs {
    private static final int FIXED = 3;

    private KafkaOurs() {}

    /** Arguments: the file, the units of work, the rows that must have been read, and the overrides of the warm-up. */
    public static void main(String[] arguments) {
        Path pipeline = Path.of(arguments[0]);
        long rows = Long.parseLong(arguments[2]);
        execute(pipeline, List.of(arguments).subList(FIXED, arguments.length), "warm");
        Measured measured = Measured.start();
        RunReport report = execute(pipeline, List.of(), "whole");
        measured.print(Long.parseLong(arguments[1]));
        if (report.totals().rows() != rows) {
            throw new IllegalStateException("read " + report.totals().rows() + " rows of " + rows);
        }
    }

    /** The state and the topics of a pipeline go by its name. */
    private static RunReport execute(Path pipeline, List<String> overrides, String name) {
        List<String> all = new ArrayList<>(overrides);
        all.add("pipeline=" + name + "-" + System.currentTimeMillis());
        Planned planned = new Planner(ConnectorCatalog.load(KafkaOurs.class.getClassLoader()))
                .plan(PipelineFile.read(pipeline, Map.of(), all));
        return EmbeddedEngine.of(planned.plan()
                        .orElseThrow(() ->
                                new IllegalStateException(planned.problems().toString())))
                .run();
    }
}
