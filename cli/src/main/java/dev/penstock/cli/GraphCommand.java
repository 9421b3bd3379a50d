package dev.penstock.cli;

import dev.penstock.dataflow.GraphRenderer;
import dev.penstock.dataflow.plan.Plan;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws a pipeline. */
@Command(
        name = "graph",
        description = "Draw the steps of a pipeline and what flows between them.",
        footer = {
            "",
            "Example:",
            "  penstock graph pipeline.yaml",
            "  penstock graph pipeline.yaml --format mermaid > pipeline.mmd",
            "  penstock graph --flow com.example.Sensors --class-path target/classes"
        })
final class GraphCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How to draw: ${COMPLETION-CANDIDATES}. Default: text.")
    private Format format = Format.TEXT;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    GraphCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Plan plan = pipeline.plan(surroundings);
        surroundings.out().println(drawn(plan, json ? Format.JSON : format));
        return ExitCode.DONE;
    }

    private static String drawn(Plan plan, Format format) {
        return switch (format) {
            case TEXT -> GraphRenderer.text(plan);
            case MERMAID -> GraphRenderer.mermaid(plan);
            case JSON -> GraphRenderer.json(plan);
        };
    }

    private enum Format {
        TEXT,
        MERMAID,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
