package dev.penstock.cli;

import dev.penstock.dataflow.PipelineJsonSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Writes the JSON Schema of pipeline files. */
@Command(
        name = "schema",
        description = "Write the JSON Schema of pipeline files, for completion and checks in editors.",
        footer = {
            "",
            "Example, for editors that speak the YAML language server's protocol:",
            "  penstock schema > penstock.schema.json",
            "  and as the first line of pipeline.yaml:",
            "  # yaml-language-server: $$schema=penstock.schema.json"
        })
final class SchemaCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    SchemaCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.out().println(PipelineJsonSchema.of(surroundings.catalog()));
        return ExitCode.DONE;
    }
}
