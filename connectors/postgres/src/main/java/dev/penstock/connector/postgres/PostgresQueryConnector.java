package dev.penstock.connector.postgres;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables and queries of PostgreSQL, read in the order of a column that says what is new. */
public final class PostgresQueryConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "postgres-query",
                "0.1.0",
                "Tables and queries of PostgreSQL, read in the order of a cursor",
                Map.of(Role.SOURCE, QueryKeys.SPEC),
                Set.of(Capability.BOUNDED, Capability.UNBOUNDED, Capability.REPLAYABLE));
    }

    @Override
    public Source source(Config config) {
        return new QuerySource(ConnectionSettings.of(config), QuerySettings.of(config));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        try {
            return QueryCheck.of(ConnectionSettings.of(config), QuerySettings.of(config), context);
        } catch (ConfigException e) {
            return e.problems();
        }
    }
}
