package dev.penstock.cli;

import dev.penstock.cli.log.StandardError;
import dev.penstock.cli.plugin.FlowClassPath;
import dev.penstock.cli.plugin.FlowProgram;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which pipeline a command is about. */
final class PipelineOptions {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PIPELINE",
            description = "The pipeline file, for example pipeline.yaml.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--flow",
            paramLabel = "CLASS",
            description = "Instead of a file: a class with public static Flow flow(), for example com.example.Sensors.")
    private Optional<String> flow = Optional.empty();

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = "Where the classes of a flow are, for example target/classes:lib/*. Default: .")
    private String classPath = ".";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--set",
            paramLabel = "KEY.PATH=VALUE",
            description =
                    "Override a key of the pipeline file, for example --set sinks.0.uri=/data/db; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    private StepPlaces places = StepPlaces.none();

    /**
     * The plan of the pipeline; warnings go to standard error.
     *
     * @throws PipelineException with all problems
     */
    Plan plan(Surroundings surroundings) {
        if (file.isPresent() == flow.isPresent()) {
            throw new ParameterException(
                    command.commandLine(),
                    file.isPresent()
                            ? "Cannot take both a pipeline file and --flow: give one of them"
                            : "Missing required parameter: 'PIPELINE', or --flow CLASS");
        }
        return file.map(path -> plan(path, surroundings)).orElseGet(() -> plan(flow.orElseThrow(), surroundings));
    }

    private Plan plan(String className, Surroundings surroundings) {
        if (!overrides.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "Cannot override keys of a flow with --set: it has no file; change the program");
        }
        return new FlowProgram(className, FlowClassPath.parse(classPath)).flow().plan(surroundings.catalog());
    }

    private Plan plan(Path path, Surroundings surroundings) {
        Planned planned = read(path, overrides, surroundings);
        places = planned.places();
        return planned.plan().orElseThrow();
    }

    /**
     * What a pipeline file says, which has a plan; warnings go to standard error.
     *
     * @throws PipelineException with all problems
     */
    static Planned read(Path path, List<String> overrides, Surroundings surroundings) {
        Planned planned = new Planner(surroundings.catalog())
                .plan(PipelineFile.read(path, surroundings.environment(), overrides));
        List<LocatedProblem> problems = planned.problems();
        if (planned.plan().isEmpty() || problems.stream().anyMatch(LocatedProblem::isError)) {
            throw new PipelineException(problems);
        }
        problems.forEach(problem -> StandardError.shared().line("warning: " + problem));
        return planned;
    }

    /** Where the steps of the plan are written; asked for after {@link #plan}. */
    StepPlaces places() {
        return places;
    }
}
