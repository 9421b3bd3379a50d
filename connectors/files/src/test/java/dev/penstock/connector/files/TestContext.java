package dev.penstock.connector.files;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

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
        return "files";
    }

    @Override
    public Path workDirectory() {
        return baseDirectory.resolve("work");
    }

    @Override
    public Metrics metrics() {
        return Metrics.NONE;
    }

    /** Fast by a minute, so that files just written count as settled. */
    @Override
    public Clock clock() {
        return Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
    }
}
