package dev.penstock.conformance.reference;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reference of a sink that writes at least once: it flushes what {@link MemoryConnector} prepares and commits.
 *
 * <p>Capabilities belong to a connector, not to its settings, so that a plan can be made without asking it. A system
 * that can be written both ways gets two connectors, which may share everything else, as here.
 */
public final class PlainMemoryConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "memory-plain",
                "0.1.0",
                "Tables of a server in memory, written at least once",
                Map.of(Role.SINK, MemorySinkSettings.SPEC),
                Set.of(Capability.AT_LEAST_ONCE, Capability.UPSERT, Capability.SCHEMA_EVOLUTION));
    }

    @Override
    public Sink sink(Config config) {
        return new MemorySink(MemorySinkSettings.of(config)) {
            @Override
            public SinkCommitter committer(String sinkId, String runId) {
                throw new UnsupportedOperationException(
                        "Cannot commit to sink '" + sinkId + "': it flushes; use connector 'memory' to commit");
            }
        };
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        return MemoryCheck.sink(config);
    }
}
