package dev.penstock.cli;

import dev.penstock.cli.log.LogLevel;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {
    /** A command with these options. */
    static CommandLine on(Object command) {
        return new CommandLine(command).addMixin("common", new CommonOptions());
    }

    @Option(
            names = "--stacktrace",
            description = "Show where in the program a failure came from, for reports of defects.")
    boolean stackTrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "Which log lines to write to standard error: ${COMPLETION-CANDIDATES}. Default: warn.")
    void logLevel(LogLevel level) {
        LogLevel.use(level);
    }
}
