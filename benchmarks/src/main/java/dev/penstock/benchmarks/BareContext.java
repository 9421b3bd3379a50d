package dev.penstock.benchmarks;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.nio.file.Path;
import java.time.Clock;

/** What a part of a connector gets when no engine runs it. */
record BareContext(Path baseDirectory) implements ConnectorContext {
    @Override
    public String pipeline() {
        return "benchmark";
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
