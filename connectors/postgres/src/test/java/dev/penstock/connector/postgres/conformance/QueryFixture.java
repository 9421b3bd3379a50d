package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Variant;
import dev.penstock.connector.postgres.PostgresQueryConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A schema with the name of the place, and a table in it that the pipeline may read and nothing else. */
final class QueryFixture implements Fixture {
    private final ChangeServer server;
    private final String place;
    private final QuerySourceSide source;

    QueryFixture(ChangeServer server, String place) {
        this.server = server;
        this.place = "q_" + place.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        this.source = new QuerySourceSide(server, this.place);
    }

    @Override
    public Connector connector() {
        return new PostgresQueryConnector();
    }

    @Override
    public Optional<InetSocketAddress> endpoint() {
        return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }

    @Override
    public Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("host", "127.0.0.1");
        settings.put("port", endpoint.map(InetSocketAddress::getPort).orElse(server.port()));
        settings.put("database", "postgres");
        settings.put("user", ChangeServer.USER);
        settings.put("password", ChangeServer.PASSWORD);
        settings.put("table", source.table());
        settings.put("cursor", QuerySourceSide.CURSOR);
        settings.put("key", List.of(QuerySourceSide.KEY));
        settings.put("interval", "10ms");
        settings.putAll(
                switch (variant) {
                    case VALID -> Map.of();
                    case WRONG_HOST -> Map.of("host", "penstock.invalid");
                    case WRONG_PORT -> Map.of("port", closedPort());
                    case WRONG_CREDENTIALS -> Map.of("password", "wrong");
                    case MISSING_PRIVILEGE ->
                        Map.of("user", ChangeServer.GUEST, "password", ChangeServer.GUEST_PASSWORD);
                    case MISSING_OBJECT -> Map.of("table", place + ".missing");
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
        return List.of(ChangeServer.PASSWORD, ChangeServer.GUEST_PASSWORD);
    }

    @Override
    public Inventory inventory() {
        Set<String> objects = new TreeSet<>();
        server.ask("SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('" + place + "')")
                .forEach(name -> objects.add("relation:" + name));
        return new Inventory(objects, Set.of());
    }

    @Override
    public QuerySourceSide source() {
        return source;
    }

    @Override
    public void close() {
        server.run("DROP SCHEMA IF EXISTS " + place + " CASCADE");
    }
}
