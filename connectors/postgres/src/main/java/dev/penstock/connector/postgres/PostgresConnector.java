package dev.penstock.connector.postgres;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import java.util.Map;
import java.util.Set;

/** Tables of PostgreSQL: rows written exactly once. */
public final class PostgresConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "postgres",
                "0.1.0",
                "Tables of PostgreSQL, written exactly once",
                Map.of(Role.SINK, SinkSettings.SPEC),
                Set.of(Capability.AT_LEAST_ONCE));
    }
}
