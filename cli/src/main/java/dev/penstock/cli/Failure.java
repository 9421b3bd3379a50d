package dev.penstock.cli;

import dev.penstock.cli.log.StandardError;
import dev.penstock.dataflow.PipelineException;
import dev.penstock.engine.embedded.EngineException;
import dev.penstock.engine.embedded.ResumeRefusedException;
import dev.penstock.engine.embedded.store.StateInUseException;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.StateVersionException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/** Says what went wrong, to a person who can mend it, and which {@link ExitCode} that is. */
final class Failure {
    private Failure() {}

    static int report(Throwable failure, ParseResult arguments) {
        StandardError.shared().line(isExpected(failure) ? message(failure) : defect(failure));
        if (wantsStackTrace(arguments)) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            StandardError.shared().line(trace.toString().stripTrailing());
        }
        return exitCode(failure);
    }

    static int exitCode(Throwable failure) {
        if (failure instanceof PipelineException || failure instanceof ConfigException) {
            return ExitCode.USAGE;
        }
        boolean refused = failure instanceof ResumeRefusedException
                || failure instanceof ResumeLostException
                || failure instanceof StateVersionException;
        return refused ? ExitCode.RESUME_REFUSED : ExitCode.FAILED;
    }

    /** What a person sees of a failure. */
    static String message(Throwable failure) {
        if (failure instanceof PipelineException pipeline) {
            String problems = pipeline.problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
            int count = pipeline.problems().size();
            return problems + "\n" + (count == 1 ? "1 problem" : count + " problems") + "; nothing was run";
        }
        return String.valueOf(failure.getMessage());
    }

    private static boolean isExpected(Throwable failure) {
        return failure instanceof PipelineException
                || failure instanceof ConnectorException
                || failure instanceof EngineException
                || failure instanceof ResumeRefusedException
                || failure instanceof StateInUseException
                || failure instanceof UncheckedIOException
                || String.valueOf(failure.getMessage()).startsWith("Cannot ");
    }

    private static String defect(Throwable failure) {
        return "Penstock failed in a way that it should not: " + failure
                + "\nThis is a defect; please report it with the output of the same command with --stacktrace";
    }

    private static boolean wantsStackTrace(ParseResult arguments) {
        ParseResult innermost = arguments;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        return innermost.hasMatchedOption("--stacktrace");
    }
}
