package dev.penstock.connector.lancedb;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.nio.file.Path;
import java.time.Clock;

/** A context for one incarnation. */
record TestContext(Path baseDirectory, long generation) implements ConnectorContext {
    @Override
    public String pipeline() {
        return "pipeline";
    }

    @Override
    public String stepId() {
        return "lancedb";
    }

    @Override
    public Path workDirectory() {
        return baseDirectory.resolve("work");
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
