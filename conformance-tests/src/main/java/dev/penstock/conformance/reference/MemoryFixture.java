package dev.penstock.conformance.reference;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.fault.ClosedPort;
import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A log and a table of the server, named by the place. */
final class MemoryFixture implements Fixture {
    private final Connector connector;
    private final ReferenceServer server;
    private final String place;

    MemoryFixture(Connector connector, ReferenceServer server, String place) {
        this.connector = connector;
        this.server = server;
        this.place = place;
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Optional<InetSocketAddress> endpoint() {
        return Optional.of(server.address());
    }

    @Override
    public Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
        if (variant == Variant.MISSING_OBJECT && role == Role.SINK) {
            return Optional.empty(); // The sink makes its table.
        }
        InetSocketAddress address = endpoint.orElse(server.address());
        Map<String, Object> settings = new HashMap<>();
        settings.put("host", address.getHostString());
        settings.put("port", address.getPort());
        settings.put("user", ReferenceServer.USER);
        settings.put("password", ReferenceServer.PASSWORD);
        settings.put("timeout", "3s");
        settings.putAll(object(role, place));
        settings.putAll(
                switch (variant) {
                    case VALID -> Map.of();
                    case WRONG_HOST -> Map.of("host", "penstock.invalid");
                    case WRONG_PORT -> Map.of("port", ClosedPort.find());
                    case WRONG_CREDENTIALS -> Map.of("password", "wrong");
                    case MISSING_PRIVILEGE ->
                        Map.of("user", ReferenceServer.GUEST, "password", ReferenceServer.GUEST_PASSWORD);
                    case MISSING_OBJECT -> object(role, place + "-missing");
                });
        return Optional.of(settings);
    }

    private static Map<String, Object> object(Role role, String name) {
        return role == Role.SOURCE ? Map.of("log", name, "subscription", "kit") : Map.of("table", name);
    }

    @Override
    public Iterable<String> secrets() {
        return List.of(ReferenceServer.PASSWORD, ReferenceServer.GUEST_PASSWORD);
    }

    @Override
    public Inventory inventory() {
        Set<String> objects = new TreeSet<>(server.logs().objects(place));
        objects.addAll(server.tables().objects(place));
        return new Inventory(objects, server.tables().openTransactions(place));
    }

    @Override
    public SourceSide source() {
        return new MemorySourceSide(server.logs(), place);
    }

    @Override
    public SinkSide sink() {
        return new MemorySinkSide(server.tables(), place);
    }

    /** The connector lives among the classes of the kit, and would not be shipped with them. */
    @Override
    public Packaging packaging(Path directory) {
        return Packaging.packed(connector.getClass(), directory);
    }

    @Override
    public void close() {
        server.logs().drop(place);
        server.tables().drop(place);
    }
}
