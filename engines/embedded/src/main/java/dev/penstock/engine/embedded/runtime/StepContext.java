package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Metrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;

/** What the parts of one step are given when they are opened. */
record StepContext(Surroundings surroundings, String stepId, long generation) implements ConnectorContext {
    @Override
    public String pipeline() {
        return surroundings.plan().pipeline();
    }

    @Override
    public Path baseDirectory() {
        return surroundings.plan().baseDirectory();
    }

    @Override
    public Path workDirectory() {
        return surroundings.work().of(stepId);
    }

    @Override
    public Metrics metrics() {
        return surroundings.meters().of(stepId);
    }

    @Override
    public Clock clock() {
        return surroundings.clock().withZone(ZoneOffset.UTC);
    }
}
