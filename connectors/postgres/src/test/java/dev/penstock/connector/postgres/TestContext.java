package dev.penstock.connector.postgres;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.nio.file.Path;
import java.time.Clock;

/** What an engine gives, for tests. */
record TestContext(String pipeline, String stepId, long generation) implements ConnectorContext {
    static final TestContext INSTANCE = new TestContext("shop", "sink", 1);

    @Override
    public Path baseDirectory() {
        return Path.of("").toAbsolutePath();
    }

    @Override
    public Path workDirectory() {
        return Path.of(System.getProperty("java.io.tmpdir"));
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
