package dev.penstock.connector.kafka;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.nio.file.Path;
import java.time.Clock;

/** What an engine would give, for files below a directory of a test. */
record TestContext(Path baseDirectory, long generation) implements ConnectorContext {
    static TestContext in(Path directory) {
        return new TestContext(directory, 1);
    }

    @Override
    public String pipeline() {
        return "test";
    }

    @Override
    public String stepId() {
        return "kafka";
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
