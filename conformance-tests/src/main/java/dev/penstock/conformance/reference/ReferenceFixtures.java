package dev.penstock.conformance.reference;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.util.Set;

/** Fixtures of the reference connector, and of those that are made from it; all on one server. */
public final class ReferenceFixtures implements FixtureProvider {
    private final Connector connector;
    private final ReferenceServer server = ReferenceServer.start();

    /** Fixtures of the reference connector. */
    public ReferenceFixtures() {
        this(new MemoryConnector());
    }

    /** Fixtures of a connector that takes the same settings. */
    public ReferenceFixtures(Connector connector) {
        this.connector = requireNonNull(connector, "connector");
    }

    @Override
    public String connector() {
        return connector.descriptor().name();
    }

    @Override
    public Set<Role> roles() {
        return connector.descriptor().specs().keySet();
    }

    @Override
    public String system() {
        return "a server in memory";
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new MemoryFixture(connector, server, place);
    }

    @Override
    public void close() {
        server.close();
    }
}
