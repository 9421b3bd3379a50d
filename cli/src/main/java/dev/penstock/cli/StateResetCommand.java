package dev.penstock.cli;

import dev.penstock.dataflow.plan.Plan;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Drops what a pipeline remembers. */
@Command(
        name = "reset",
        description = {
            "Drop what a pipeline remembers, all of it or that of one step.",
            "",
            "The next run reads from the start again, and writes again what is in the sinks already: empty those, or use "
                    + "upsert. Refused while the pipeline runs."
        },
        footer = {"", "Example:", "  penstock state reset pipeline.yaml --step old-name --yes"})
final class StateResetCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--step", paramLabel = "STEP", description = "Only the memory of this step.")
    private Optional<String> step = Optional.empty();

    @Option(names = "--yes", description = "Really do it.")
    private boolean yes;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    StateResetCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Plan plan = pipeline.plan(surroundings);
        String what = step.map(id -> "the state of step '" + id + "' of pipeline '")
                        .orElse("all state of pipeline '") + plan.pipeline() + "'";
        if (!yes) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "This would drop " + what + " for good; add --yes if that is what you want");
        }
        PipelineMemory.of(plan).reset(step);
        surroundings.out().println("Dropped " + what);
        return ExitCode.DONE;
    }
}
