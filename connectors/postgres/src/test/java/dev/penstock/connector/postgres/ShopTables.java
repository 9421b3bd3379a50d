package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.connector.postgres.ChangeReading.Read;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.data.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two tables with keys in a schema of their own, read by one source. */
record ShopTables(ChangedServer server, String schema) {
    static ShopTables on(ChangedServer server) {
        return new ShopTables(server, ChangedServer.name());
    }

    void create() {
        server.run(
                "CREATE SCHEMA " + schema,
                "CREATE TABLE " + schema + ".orders (id int PRIMARY KEY, price numeric(10,2))",
                "CREATE TABLE " + schema + ".customers (name text PRIMARY KEY, since date)");
    }

    List<String> both() {
        return List.of(schema + ".orders", schema + ".customers");
    }

    static Map<String, Object> settings(Object tables, Map<String, Object> further) {
        Map<String, Object> settings = new HashMap<>(Map.of("tables", tables, "follow", false));
        settings.putAll(further);
        return settings;
    }

    void provision(Map<String, Object> settings) {
        try (ChangeReading reading = ChangeReading.of(server, schema, settings)) {
            assertThat(reading.source().schema().names()).startsWith("schema", "table", "key", "before", "after");
        }
    }

    Read toEnd(Map<String, Object> settings, Optional<ResumeState> from) {
        try (ChangeReading reading = ChangeReading.of(server, schema, settings)) {
            return ChangeReading.toEnd(reading.partition(from));
        }
    }

    static List<String> keys(List<Row> rows) {
        return rows.stream()
                .map(row -> row.get("table") + "" + row.get("key"))
                .distinct()
                .toList();
    }
}
