package dev.penstock.conformance.engine;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What the kit opens a part of a connector with, in its engine and without one.
 *
 * @param pipeline the name of the pipeline
 * @param stepId the stable id of the step
 * @param generation of the lease
 * @param baseDirectory where relative paths start
 */
public record KitContext(String pipeline, String stepId, long generation, Path baseDirectory)
        implements ConnectorContext {
    public KitContext {
        requireNonNull(pipeline, "pipeline");
        requireNonNull(stepId, "stepId");
        requireNonNull(baseDirectory, "baseDirectory");
    }

    @Override
    public Path workDirectory() {
        try {
            return Files.createDirectories(
                    baseDirectory.resolve(pipeline + ".work").resolve(stepId));
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
