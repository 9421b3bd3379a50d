package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Variant;
import dev.penstock.connector.postgres.PostgresConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A schema, a publication and a slot with the name of the place. */
final class ChangeFixture implements Fixture {
    private final ChangeServer server;
    private final String place;
    private final ChangeSourceSide source;

    ChangeFixture(ChangeServer server, String place) {
        this.server = server;
        this.place = "p_" + place.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        this.source = new ChangeSourceSide(server, this.place);
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
    public Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
        return server.access()
                .settings(
                        variant,
                        endpoint,
                        new KitAccess.Named(
                                Map.of("tables", source.table(), "slot", place, "snapshot", "never", "follow", false),
                                Map.of("tables", place + ".missing")));
    }

    @Override
    public Iterable<String> secrets() {
        return server.access().secrets();
    }

    @Override
    public Inventory inventory() {
        Set<String> objects = new TreeSet<>();
        server.ask("SELECT tablename FROM pg_tables WHERE schemaname = '" + place + "'")
                .forEach(table -> objects.add("table:" + table));
        server.ask("SELECT pubname FROM pg_publication WHERE pubname = '" + place + "'")
                .forEach(name -> objects.add("publication:" + name));
        server.ask("SELECT slot_name FROM pg_replication_slots WHERE slot_name = '" + place + "'")
                .forEach(name -> objects.add("slot:" + name));
        return new Inventory(objects, Set.of());
    }

    @Override
    public ChangeSourceSide source() {
        return source;
    }

    @Override
    public void close() {
        server.run(
                "SELECT pg_terminate_backend(active_pid, 10000) FROM pg_replication_slots WHERE slot_name = '" + place
                        + "' AND active_pid IS NOT NULL",
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + place
                        + "'",
                "DROP PUBLICATION IF EXISTS " + place,
                "DROP SCHEMA IF EXISTS " + place + " CASCADE");
    }
}
