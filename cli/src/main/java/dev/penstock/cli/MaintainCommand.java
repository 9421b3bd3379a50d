package dev.penstock.cli;

import dev.penstock.cli.log.StandardError;
import dev.penstock.cli.plugin.FlowClassPath;
import dev.penstock.cli.plugin.FlowProgram;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after what pipelines have written. */
@Command(
        name = "maintain",
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "penstock maintain PIPELINE ACTION [OPTIONS]",
            "       penstock maintain --connector NAME --set KEY=VALUE ... ACTION [OPTIONS]"
        },
        description = {
            "Look after the tables that a pipeline writes: rows stay the same, files become fewer.",
            "",
            "May be run while the pipeline runs, or is stopped, and by cron or Airflow. All sinks of the pipeline that "
                    + "offer it are looked after, one after the other."
        },
        footer = {
            "",
            "Example:",
            "  penstock maintain pipeline.yaml expire --older-than 7d --dry-run",
            "  penstock maintain pipeline.yaml compact --json",
            "  penstock maintain --connector iceberg --set warehouse=./lake --set table=shop.orders orphans",
            "",
            "Exit codes: 0 done, also if there was nothing to do; 1 failed; 2 bad usage or configuration;",
            "4 not finished, since others were in the way or something was out of reach: try again later."
        })
final class MaintainCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    /** The options of the action stand behind it: this command knows nothing of them, and takes them for words. */
    @Parameters(
            arity = "0..*",
            paramLabel = "PIPELINE ACTION",
            description = "The pipeline file, and what to do; see Actions below.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--sink", paramLabel = "STEP", description = "Only this sink of the pipeline.")
    private Optional<String> sink = Optional.empty();

    @Option(
            names = "--connector",
            paramLabel = "NAME",
            description = "Instead of a pipeline: what sinks of this connector have written.")
    private Optional<String> connector = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the pipeline file; with --connector, a setting as of its sink. May be "
                    + "repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--flow", paramLabel = "CLASS", description = "Instead of a file: the class of a flow.")
    private Optional<String> flow = Optional.empty();

    @Option(names = "--class-path", paramLabel = "PATH", description = "Where the classes of a flow are. Default: .")
    private String classPath = ".";

    @Option(names = "--dry-run", description = "Change nothing; print what would be changed.")
    private boolean dryRun;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print everything that is changed, too.")
    private boolean verbose;

    @Option(names = "--json", description = "Write a JSON object for each sink, one a line.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    MaintainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The command, whose help tells what the connectors offer. */
    static CommandLine line(Surroundings surroundings) {
        CommandLine line =
                CommonOptions.on(new MaintainCommand(surroundings)).setUnmatchedOptionsArePositionalParams(true);
        line.getHelpSectionMap()
                .put(
                        UsageMessageSpec.SECTION_KEY_FOOTER,
                        help -> MaintainHelp.actions(surroundings.catalog()) + help.footer());
        return line;
    }

    @Override
    public Integer call() {
        String name = action();
        List<MaintainTarget> targets = targets();
        Map<String, Object> written = written();
        Map<MaintainTarget, Maintenance.Request> requests = new LinkedHashMap<>();
        for (MaintainTarget target : targets) {
            Config parsed = MaintainTarget.options(target.action(name), written);
            requests.put(target, new Maintenance.Request(name, parsed, dryRun));
        }
        int exitCode = ExitCode.DONE;
        for (Map.Entry<MaintainTarget, Maintenance.Request> entry : requests.entrySet()) {
            exitCode = Math.max(exitCode, run(entry.getKey(), entry.getValue()));
            if (exitCode == ExitCode.INTERRUPTED) {
                break;
            }
        }
        return exitCode;
    }

    private int run(MaintainTarget target, Maintenance.Request request) {
        MaintainRun run = new MaintainRun(target, request, new MaintainRun.Showing(!quiet, dryRun || verbose, json));
        try {
            return run.run(surroundings);
        } catch (RetryableException e) {
            StandardError.shared().line(e.getMessage() + "; nothing was lost, try again later");
            return ExitCode.TRY_AGAIN;
        }
    }

    private boolean withoutFile() {
        return connector.isPresent() || flow.isPresent();
    }

    private String action() {
        if (connector.isPresent() && flow.isPresent()) {
            throw wrong("Cannot take both --connector and --flow: give one of them");
        }
        List<String> named =
                words.stream().takeWhile(word -> !word.startsWith("--")).toList();
        if (named.size() < expected()) {
            String missing = named.isEmpty() && !withoutFile() ? "PIPELINE ACTION" : "ACTION";
            throw wrong("Missing required parameter: " + missing
                    + ", what to do, before its options: see Actions in the help");
        }
        if (withoutFile() && named.size() > expected()) {
            throw wrong("Cannot take both a pipeline file and " + (flow.isPresent() ? "--flow" : "--connector"));
        }
        return named.get(expected() - 1);
    }

    /** How many words stand before the options of the action. */
    private int expected() {
        return withoutFile() ? 1 : 2;
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private List<MaintainTarget> targets() {
        if (connector.isPresent()) {
            return List.of(MaintainTarget.of(surroundings.catalog(), connector.get(), settings));
        }
        Plan plan = flow.map(name -> new FlowProgram(name, FlowClassPath.parse(classPath))
                        .flow()
                        .plan(surroundings.catalog()))
                .orElseGet(() -> PipelineOptions.read(Path.of(words.get(0)), settings, surroundings)
                        .plan()
                        .orElseThrow());
        return MaintainTarget.of(plan, sink);
    }

    /** The options of the action. */
    private Map<String, Object> written() {
        List<String> options = words.subList(expected(), words.size());
        Map<String, Object> written = new LinkedHashMap<>();
        for (int i = 0; i < options.size(); i++) {
            String word = options.get(i);
            int equals = word.indexOf('=');
            if (!word.startsWith("--")) {
                throw wrong("Cannot take '" + word + "': expected an option of the action");
            } else if (equals > 0) {
                written.put(word.substring(2, equals), word.substring(equals + 1));
            } else if (i + 1 < options.size()) {
                written.put(word.substring(2), options.get(++i));
            } else {
                throw wrong("Missing the value of option '" + word + "'");
            }
        }
        return written;
    }
}
