package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Variant;
import dev.penstock.connector.postgres.PostgresConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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
            return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        }

        @Override
        public Optional<Map<String, Object>> settings(
                Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
            Map<String, Object> settings = new HashMap<>();
            settings.put("host", "127.0.0.1");
            settings.put("port", endpoint.map(InetSocketAddress::getPort).orElse(server.port()));
            settings.put("database", server.database());
            settings.put("user", KitServer.USER);
            settings.put("password", KitServer.PASSWORD);
            settings.put("table", side.table());
            settings.put("staging-schema", side.stagingSchema());
            settings.putAll(
                    switch (variant) {
                        case VALID -> Map.of();
                        case WRONG_HOST -> Map.of("host", "penstock.invalid");
                        case WRONG_PORT -> Map.of("port", closedPort());
                        case WRONG_CREDENTIALS -> Map.of("password", "wrong");
                        case MISSING_PRIVILEGE -> Map.of("user", KitServer.GUEST, "password", KitServer.GUEST_PASSWORD);
                        case MISSING_OBJECT -> Map.of("create-table", false);
                    });
            return Optional.of(settings);
        }

        private static int closedPort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Iterable<String> secrets() {
            return List.of(KitServer.PASSWORD, KitServer.GUEST_PASSWORD);
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
