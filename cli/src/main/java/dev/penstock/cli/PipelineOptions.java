package dev.penstock.cli;

import dev.penstock.cli.log.StandardError;
import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.LocatedProblem;
import dev.penstock.dataflow.PipelineException;
import dev.penstock.dataflow.PipelineFile;
import dev.penstock.dataflow.Planned;
import dev.penstock.dataflow.Planner;
import dev.penstock.dataflow.StepPlaces;
import dev.penstock.dataflow.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pipeline a command is about. */
final class PipelineOptions {
    @Parameters(index = "0", paramLabel = "PIPELINE", description = "The pipeline file, for example pipeline.yaml.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY.PATH=VALUE",
            description =
                    "Override a key of the pipeline file, for example --set sinks.0.uri=/data/db; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    private Optional<StepPlaces> places = Optional.empty();

    /**
     * The plan of the pipeline; warnings go to standard error.
     *
     * @throws PipelineException with all problems
     */
    Plan plan(Surroundings surroundings) {
        ConnectorCatalog catalog = surroundings.catalog();
        Planned planned = new Planner(catalog).plan(PipelineFile.read(file, surroundings.environment(), overrides));
        places = Optional.of(planned.places());
        List<LocatedProblem> problems = planned.problems();
        if (planned.plan().isEmpty() || problems.stream().anyMatch(LocatedProblem::isError)) {
            throw new PipelineException(problems);
        }
        problems.forEach(problem -> StandardError.shared().line("warning: " + problem));
        return planned.plan().get();
    }

    /** Where the steps of the plan are written; asked for after {@link #plan}. */
    StepPlaces places() {
        return places.orElseThrow();
    }
}
