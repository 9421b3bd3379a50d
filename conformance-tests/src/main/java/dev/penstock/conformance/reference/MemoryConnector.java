package dev.penstock.conformance.reference;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reference connector: logs and tables of a {@link MemoryServer}. It declares every capability and keeps every
 * rule; read it to learn how.
 */
public final class MemoryConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "memory",
                "0.1.0",
                "Logs and tables of a server in memory: the reference of what connectors promise",
                Map.of(Role.SOURCE, MemorySourceSettings.SPEC, Role.SINK, MemorySinkSettings.SPEC),
                Set.of(
                        Capability.BOUNDED,
                        Capability.UNBOUNDED,
                        Capability.DISCOVERY,
                        Capability.SNAPSHOT_AND_STREAM,
                        Capability.CHANGELOG,
                        Capability.PRUNES_ON_ACK,
                        Capability.REPLAYABLE,
                        Capability.AT_LEAST_ONCE,
                        Capability.UPSERT,
                        Capability.PARTIAL_UPDATES,
                        Capability.TRANSACTIONAL,
                        Capability.ATOMIC_ACROSS_WRITERS,
                        Capability.FENCING,
                        Capability.SCHEMA_EVOLUTION));
    }

    @Override
    public Source source(Config config) {
        return new MemorySource(MemorySourceSettings.of(config));
    }

    @Override
    public Sink sink(Config config) {
        return new MemorySink(MemorySinkSettings.of(config));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        return role == Role.SOURCE ? MemoryCheck.source(config) : MemoryCheck.sink(config);
    }
}
