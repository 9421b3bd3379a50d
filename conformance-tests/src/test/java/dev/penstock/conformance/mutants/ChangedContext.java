package dev.penstock.conformance.mutants;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.nio.file.Path;
import java.time.Clock;

/** A context that says what another says, but for the generation. */
record ChangedContext(ConnectorContext context, long generation) implements ConnectorContext {
    @Override
    public String pipeline() {
        return context.pipeline();
    }

    @Override
    public String stepId() {
        return context.stepId();
    }

    @Override
    public Path baseDirectory() {
        return context.baseDirectory();
    }

    @Override
    public Path workDirectory() {
        return context.workDirectory();
    }

    @Override
    public Metrics metrics() {
        return context.metrics();
    }

    @Override
    public Clock clock() {
        return context.clock();
    }
}
