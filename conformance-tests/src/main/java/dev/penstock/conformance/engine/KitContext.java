package dev.penstock.conformance.engine;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What the kit's engine gives to a step.
 *
 * @param pipeline the name of the pipeline
 * @param stepId of the step
 * @param generation of this life
 * @param baseDirectory where relative paths start
 */
record KitContext(String pipeline, String stepId, long generation, Path baseDirectory) implements ConnectorContext {
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
