package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Variant;
import dev.penstock.connector.postgres.PostgresQueryConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.net.InetSocketAddress;
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
        return server.access().endpoint();
    }

    @Override
    public Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
        return server.access()
                .settings(
                        variant,
                        endpoint,
                        new KitAccess.Named(
                                Map.of(
                                        "table",
                                        source.table(),
                                        "cursor",
                                        QuerySourceSide.CURSOR,
                                        "key",
                                        List.of(QuerySourceSide.KEY),
                                        "interval",
                                        "10ms"),
                                Map.of("table", place + ".missing")));
    }

    @Override
    public Iterable<String> secrets() {
        return server.access().secrets();
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
