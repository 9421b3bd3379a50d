package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.util.Set;

/** Changes of one server, each fixture with a table and a slot of its own. */
public final class ChangeFixtures implements FixtureProvider {
    private final ChangeServer server = new ChangeServer();

    /** Starts the server. */
    public ChangeFixtures() {}

    @Override
    public String connector() {
        return "postgres";
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
        return new ChangeFixture(server, place);
    }

    @Override
    public void close() {
        server.close();
    }
}
