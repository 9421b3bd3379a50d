package dev.penstock.conformance.rule;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a part of a connector is opened with when no engine does it.
 *
 * @param stepId the stable id of the step
 * @param generation of the lease
 * @param baseDirectory where relative paths start
 */
public record TrialContext(String stepId, long generation, Path baseDirectory) implements ConnectorContext {
    public TrialContext {
        requireNonNull(stepId, "stepId");
        requireNonNull(baseDirectory, "baseDirectory");
    }

    @Override
    public String pipeline() {
        return "conformance";
    }

    @Override
    public Path workDirectory() {
        try {
            return Files.createDirectories(baseDirectory.resolve("work").resolve(stepId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Metrics metrics() {
        return Metrics.NONE;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }
}
