package dev.penstock.cli;

import dev.penstock.cli.log.StandardError;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.EmbeddedEngine;
import dev.penstock.engine.embedded.RunReport;
import dev.penstock.spi.ConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a pipeline. */
@Command(
        name = "run",
        description = {
            "Run a pipeline until its sources end, or until Ctrl-C or SIGTERM.",
            "",
            "Whatever stops it, the next run goes on where this one was: after a crash or kill -9 too. The first signal "
                    + "lets it finish the epoch and commit, the second ends it at once."
        },
        footer = {
            "",
            "Example:",
            "  penstock run pipeline.yaml",
            "  penstock run pipeline.yaml --set checkpoint.interval=1s --set sinks.0.uri=/data/db",
            "  penstock run pipeline.yaml --json | jq .rows",
            "  penstock run --flow com.example.Sensors --class-path target/classes"
        })
final class RunCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--json", description = "Write the closing summary as JSON.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show neither progress nor summary.")
    private boolean quiet;

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Plan plan = pipeline.plan(surroundings);
        EmbeddedEngine engine = EmbeddedEngine.of(plan);
        StopSignals signals = StopSignals.install(() -> drain(engine));
        if (!quiet) {
            StandardError.shared().line(RunSummary.opening(plan));
        }
        RunReport report = run(engine);
        RunSummary summary = new RunSummary(plan, report, PeakMemory.bytes());
        if (json) {
            surroundings.out().println(Json.of(summary.asMap()));
        } else if (!quiet) {
            summary.lines().forEach(surroundings.out()::println);
        }
        return signals.received() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private RunReport run(EmbeddedEngine engine) {
        try {
            return quiet ? engine.run() : runShowingProgress(engine);
        } catch (ConfigException e) {
            // What comes out only once sources are open has its line in the pipeline file all the same.
            throw pipeline.places().locate(e);
        }
    }

    private RunReport runShowingProgress(EmbeddedEngine engine) {
        ProgressDisplay display = ProgressDisplay.start(engine::progress, surroundings.columns());
        try {
            return engine.run();
        } finally {
            display.close();
        }
    }

    private static void drain(EmbeddedEngine engine) {
        StandardError.shared().line("Stopping: finishing and committing the epoch; a second signal ends at once");
        engine.stop();
    }
}
