package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Variant;
import dev.penstock.connector.postgres.PostgresConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Schemas of one server, two for each fixture. */
final class SinkFixtures implements FixtureProvider {
    private final KitServer server;

    SinkFixtures(KitServer server) {
        this.server = server;
    }

    @Override
    public String connector() {
        return "postgres";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SINK);
    }

    @Override
    public String system() {
        return "PostgreSQL 18.6";
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new SinkFixture(server, place);
    }

    /** The server is the tests'. */
    @Override
    public void close() {}

    private static final class SinkFixture implements Fixture {
        private final KitServer server;
        private final TableSinkSide side;

        SinkFixture(KitServer server, String place) {
            this.server = server;
            this.side = new TableSinkSide(server, place);
        }

        @Override
        public Connector connector() {
            return new PostgresConnector();
        }

        @Override
        public Optional<InetSocketAddress> endpoint() {
            return server.access().endpoint();
        }

        @Override
        public Optional<Map<String, Object>> settings(
                Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
            return server.access()
                    .settings(
                            variant,
                            endpoint,
                            new KitAccess.Named(
                                    Map.of("table", side.table(), "staging-schema", side.stagingSchema()),
                                    Map.of("create-table", false)));
        }

        @Override
        public Iterable<String> secrets() {
            return server.access().secrets();
        }

        @Override
        public Inventory inventory() {
            return new Inventory(side.objects(), side.waiting());
        }

        @Override
        public TableSinkSide sink() {
            return side;
        }

        @Override
        public void close() {
            side.drop();
        }
    }
}
