package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.util.Set;

/** Tables of one server that are read by queries, each fixture with one of its own. */
public final class QueryFixtures implements FixtureProvider {
    private final ChangeServer server = new ChangeServer();

    /** Starts the server. */
    public QueryFixtures() {}

    @Override
    public String connector() {
        return "postgres-query";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SOURCE);
    }

    @Override
    public String system() {
        return "PostgreSQL 18.6";
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new QueryFixture(server, place);
    }

    @Override
    public void close() {
        server.close();
    }
}
