package dev.penstock.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after what a pipeline remembers. */
@Command(
        name = "state",
        description = {
            "Look at, or drop, what a pipeline remembers from run to run.",
            "",
            "The state holds where reading goes on, what must still be committed, and who is running the pipeline."
        },
        footer = {
            "",
            "Example:",
            "  penstock state show pipeline.yaml",
            "  penstock state reset pipeline.yaml --step files --yes"
        })
final class StateCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** This command, with the two that do something. */
    static CommandLine line(Surroundings surroundings) {
        return CommonOptions.on(new StateCommand())
                .addSubcommand(CommonOptions.on(new StateShowCommand(surroundings)))
                .addSubcommand(CommonOptions.on(new StateResetCommand(surroundings)));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the state: show or reset");
    }
}
