package dev.penstock.dataflow;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.nio.file.Path;
import java.time.Clock;

/** A context for steps that run alone. */
public record TestContext(Path baseDirectory, Clock clock) implements ConnectorContext {
    /** In the working directory, with the system's clock. */
    public TestContext() {
        this(Path.of("").toAbsolutePath(), Clock.systemUTC());
    }

    @Override
    public String pipeline() {
        return "test";
    }

    @Override
    public String stepId() {
        return "step";
    }

    @Override
    public long generation() {
        return 1;
    }

    @Override
    public Path workDirectory() {
        return baseDirectory;
    }

    @Override
    public Metrics metrics() {
        return Metrics.NONE;
    }
}
