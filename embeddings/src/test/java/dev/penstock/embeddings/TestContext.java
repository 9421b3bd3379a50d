package dev.penstock.embeddings;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.nio.file.Path;
import java.time.Clock;

/** A pipeline that consists of one transform. */
record TestContext(Path baseDirectory) implements ConnectorContext {
    static final TestContext HERE = new TestContext(Path.of(""));

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

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }
}
