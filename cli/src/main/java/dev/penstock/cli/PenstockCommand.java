package dev.penstock.cli;

import dev.penstock.cli.log.StandardError;
import dev.penstock.spi.config.NearestName;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole. */
@Command(
        name = "penstock",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Moves data through pipelines, exactly once.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Start here:",
            "  penstock connectors                what there is to read from and write to",
            "  penstock describe files            the settings of one connector",
            "  penstock check pipeline.yaml       find all problems, change nothing",
            "  penstock peek pipeline.yaml        see the first rows of its source",
            "  penstock run pipeline.yaml         run it, until its sources end or Ctrl-C",
            "",
            "Exit codes: 0 done, 1 failed, 2 bad usage or configuration, 3 resume refused,",
            "4 not finished and may be tried again (maintain), 130 stopped by a signal after a clean drain.",
            "JVM options: PENSTOCK_OPTS, for example PENSTOCK_OPTS=-Xmx4g."
        })
final class PenstockCommand implements Runnable {
    private static final Map<String, Function<Surroundings, CommandLine>> COMMANDS = commands();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private static Map<String, Function<Surroundings, CommandLine>> commands() {
        Map<String, Function<Surroundings, CommandLine>> commands = new LinkedHashMap<>();
        commands.put("run", surroundings -> CommonOptions.on(new RunCommand(surroundings)));
        commands.put("check", surroundings -> CommonOptions.on(new CheckCommand(surroundings)));
        commands.put("peek", surroundings -> CommonOptions.on(new PeekCommand(surroundings)));
        commands.put("graph", surroundings -> CommonOptions.on(new GraphCommand(surroundings)));
        commands.put("query", surroundings -> CommonOptions.on(new QueryCommand(surroundings)));
        commands.put("maintain", MaintainCommand::line);
        commands.put("state", StateCommand::line);
        commands.put("connectors", surroundings -> CommonOptions.on(new ConnectorsCommand(surroundings)));
        commands.put("describe", surroundings -> CommonOptions.on(new DescribeCommand(surroundings)));
        commands.put("conform", surroundings -> CommonOptions.on(new ConformCommand(surroundings)));
        commands.put("schema", surroundings -> CommonOptions.on(new SchemaCommand(surroundings)));
        commands.put("help", surroundings -> new CommandLine(new HelpCommand()));
        return commands;
    }

    /** Runs what {@code arguments} say and gives the {@link ExitCode}. */
    static int execute(Surroundings surroundings, String... arguments) {
        CommandLine line = new CommandLine(new PenstockCommand());
        // Reading the annotations of all commands takes time that only help and mistakes need.
        String first = arguments.length == 0 ? "" : arguments[0];
        if (COMMANDS.containsKey(first) && !first.equals("help")) {
            line.addSubcommand(COMMANDS.get(first).apply(surroundings));
        } else {
            COMMANDS.values().forEach(command -> line.addSubcommand(command.apply(surroundings)));
        }
        return line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, args) -> refuse(failure))
                .setExecutionExceptionHandler((failure, command, result) -> Failure.report(failure, result))
                .execute(arguments);
    }

    private static int refuse(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        StandardError.shared().line(message(failure) + "\nTry '" + name + " --help'");
        return ExitCode.USAGE;
    }

    private static String message(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched && isTop(failure.getCommandLine())) {
            String first = unmatched.getUnmatched().get(0);
            return "Cannot do '" + first + "': it is not a command; " + NearestName.hint(first, COMMANDS.keySet());
        }
        return String.valueOf(failure.getMessage());
    }

    private static boolean isTop(CommandLine command) {
        return command.getParent() == null;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
