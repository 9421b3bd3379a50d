package dev.penstock.connector.postgres;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
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

/** Tables of PostgreSQL: their changes read in the order of commits, rows written exactly once. */
public final class PostgresConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "postgres",
                "0.1.0",
                "Tables of PostgreSQL, changes read, rows written exactly once",
                Map.of(Role.SOURCE, ChangeKeys.SPEC, Role.SINK, SinkSettings.SPEC),
                Set.of(
                        Capability.BOUNDED,
                        Capability.UNBOUNDED,
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
        return new ChangeSource(ConnectionSettings.of(config), ChangeSettings.of(config));
    }

    @Override
    public Sink sink(Config config) {
        return new PostgresSink(SinkSettings.of(config));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        try {
            return role == Role.SOURCE
                    ? ChangeCheck.of(ConnectionSettings.of(config), ChangeSettings.of(config), context)
                    : SinkCheck.of(SinkSettings.of(config), context);
        } catch (ConfigException e) {
            return e.problems();
        }
    }
}
