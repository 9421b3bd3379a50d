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

/** Runs pipeline files in this JVM. */
final class PipelineRun {
    private PipelineRun() {}

    /** Runs {@code pipeline} as one that is new, since state and names in other systems go by the name. */
    static RunReport execute(Path pipeline, List<String> overrides, String name) {
        List<String> all = new ArrayList<>(overrides);
        all.add("pipeline=" + name.replace('_', '-') + "-" + System.currentTimeMillis());
        Planned planned = new Planner(ConnectorCatalog.load(PipelineRun.class.getClassLoader()))
                .plan(PipelineFile.read(pipeline, Map.of(), all));
        return EmbeddedEngine.of(planned.plan()
                        .orElseThrow(() ->
                                new IllegalStateException(planned.problems().toString())))
                .run();
    }
}
