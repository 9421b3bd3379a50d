package dev.penstock.cli;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** What a command gives to connectors that it opens without running the pipeline. */
record CommandContext(String pipeline, String stepId, Path baseDirectory) implements ConnectorContext {
    /** For a step of a pipeline. */
    CommandContext(Plan plan, String stepId) {
        this(plan.pipeline(), stepId, plan.baseDirectory());
    }

    /** None: a command owns no lease and must not claim anything. */
    @Override
    public long generation() {
        return 0;
    }

    @Override
    public Path workDirectory() {
        try {
            Path directory = Files.createTempDirectory("penstock-");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary directory: " + e.getMessage(), e);
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
