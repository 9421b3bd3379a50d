package dev.penstock.connector.postgres;

import static dev.penstock.connector.postgres.ShopTables.keys;
import static dev.penstock.connector.postgres.ShopTables.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.connector.postgres.ChangeReading.Read;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Poll;
import dev.penstock.spi.data.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ChangedServer.Shared.class)
final class SeveralTablesTest {
    private final ChangedServer server;
    private final ShopTables tables;
    private final String shop;

    SeveralTablesTest(ChangedServer server) {
        this.server = server;
        this.tables = ShopTables.on(server);
        this.shop = tables.schema();
    }

    @BeforeEach
    void createSchema() {
        tables.create();
    }

    @Test
    void givesChangesOfAllTablesInTheOrderOfTheirCommits() {
        Map<String, Object> settings = settings(tables.both(), Map.of("snapshot", "never"));
        tables.provision(settings);
        server.run(
                "INSERT INTO " + shop + ".customers VALUES ('Ada', '2026-01-31')",
                "BEGIN; INSERT INTO " + shop + ".orders VALUES (1, 1.50); UPDATE " + shop
                        + ".customers SET since = NULL; UPDATE " + shop + ".orders SET id = 2; COMMIT",
                "DELETE FROM " + shop + ".orders");
        assertThat(tables.toEnd(settings, Optional.empty()).texts())
                .containsExactly(
                        event(
                                "INSERT",
                                "customers",
                                "{\"name\":\"Ada\"}",
                                null,
                                "{\"name\":\"Ada\",\"since\":\"2026-01-31\"}"),
                        event("INSERT", "orders", "{\"id\":1}", null, "{\"id\":1,\"price\":1.50}"),
                        event("UPDATE", "customers", "{\"name\":\"Ada\"}", null, "{\"name\":\"Ada\",\"since\":null}"),
                        event("DELETE", "orders", "{\"id\":1}", "{\"id\":1}", null),
                        event("INSERT", "orders", "{\"id\":2}", null, "{\"id\":2,\"price\":1.50}"),
                        event("DELETE", "orders", "{\"id\":2}", "{\"id\":2}", null));
    }

    @Test
    void givesTheRowBeforeWhereItIsKnownAndMarksWhatDidNotChange() {
        server.run(
                "CREATE TABLE " + shop + ".full (id int PRIMARY KEY, n int)",
                "ALTER TABLE " + shop + ".full REPLICA IDENTITY FULL",
                "CREATE TABLE " + shop + ".large (id int PRIMARY KEY, body text, seen int)",
                "ALTER TABLE " + shop + ".large ALTER body SET STORAGE EXTERNAL");
        Map<String, Object> settings = settings(shop + ".*", Map.of("snapshot", "never"));
        tables.provision(settings);
        server.run(
                "INSERT INTO " + shop + ".full VALUES (1, 1)",
                "INSERT INTO " + shop + ".large VALUES (1, repeat('x', 10000), 0)",
                "UPDATE " + shop + ".full SET n = 2",
                "UPDATE " + shop + ".large SET seen = 1",
                "DELETE FROM " + shop + ".full");
        List<String> texts = tables.toEnd(settings, Optional.empty()).texts();
        assertThat(texts.subList(2, 5))
                .containsExactly(
                        event("UPDATE", "full", "{\"id\":1}", "{\"id\":1,\"n\":1}", "{\"id\":1,\"n\":2}"),
                        event(
                                "UPDATE",
                                "large",
                                "{\"id\":1}",
                                null,
                                "{\"id\":1,\"body\":\"__debezium_unavailable_value\",\"seen\":1}"),
                        event("DELETE", "full", "{\"id\":1}", "{\"id\":1,\"n\":2}", null));
    }

    @Test
    void writesValuesAsDebeziumDoes() {
        Map<String, Object> settings = settings(
                tables.both(), Map.of("values", "debezium", "metadata", List.of("transaction", "lsn", "commit-time")));
        server.run(
                "INSERT INTO " + shop + ".orders VALUES (1, 1.50)",
                "INSERT INTO " + shop + ".customers VALUES ('Ada', '1970-01-02')");
        tables.provision(settings);
        Read read = tables.toEnd(settings, Optional.empty());
        assertThat(read.rows().stream().map(row -> row.get("after")))
                .containsExactlyInAnyOrder("{\"id\":1,\"price\":\"AJY=\"}", "{\"name\":\"Ada\",\"since\":1}");
        server.run("UPDATE " + shop + ".orders SET price = 2");
        Row change = tables.toEnd(settings, Optional.of(read.state())).rows().get(0);
        assertThat(change.get("after")).isEqualTo("{\"id\":1,\"price\":\"AMg=\"}");
        assertThat(change.get("postgres_lsn", Long.class)).isPositive();
    }

    @Test
    void readsAllTablesAndGoesOnBehindAnyBatch() {
        fill("orders", "i, i", 700);
        fill("customers", "'c' || i, '2026-01-01'", 300);
        Map<String, Object> settings = settings(shop + ".*", Map.of("snapshot-chunk-rows", 100));
        tables.provision(settings);
        server.run("UPDATE " + shop + ".orders SET price = -1 WHERE id = 7");
        Read all = tables.toEnd(settings, Optional.empty());
        assertThat(all.rows()).hasSize(1000);
        Set<String> keys = new HashSet<>();
        for (int given = 0; given < all.polls().size(); given += 3) {
            keys.clear();
            all.polls()
                    .subList(0, given + 1)
                    .forEach(poll -> keys.addAll(keys(poll.rows().toRows())));
            keys.addAll(keys(
                    tables.toEnd(settings, Optional.of(all.polls().get(given).after()))
                            .rows()));
            assertThat(keys).hasSize(1000);
        }
    }

    @Test
    void readsATableThatIsPublishedWhileOthersAreFollowed() {
        fill("orders", "i, i", 10);
        Map<String, Object> settings = settings(shop + ".*", Map.of("follow", true, "table-interval", "100ms"));
        try (ChangeReading reading = ChangeReading.of(server, shop, settings)) {
            var partition = reading.partition(Optional.empty());
            assertThat(ChangeReading.rows(partition, 10).rows()).hasSize(10);
            server.run(
                    "CREATE TABLE " + shop + ".later (id int PRIMARY KEY)",
                    "INSERT INTO " + shop + ".later SELECT generate_series(1, 2000)",
                    "ALTER PUBLICATION " + shop + " ADD TABLE " + shop + ".later");
            Read read = ChangeReading.rows(partition, 2000);
            assertThat(keys(read.rows())).hasSize(2000).contains("later{\"id\":2000}");
            server.run("DELETE FROM " + shop + ".later WHERE id = 5");
            assertThat(ChangeReading.rows(partition, 1).texts())
                    .containsExactly(event("DELETE", "later", "{\"id\":5}", "{\"id\":5}", null));
        }
    }

    @Test
    void saysThatATableWasDroppedOnceItsChangesWereGiven() {
        Map<String, Object> settings =
                settings(shop + ".*", Map.of("follow", true, "snapshot", "never", "table-interval", "100ms"));
        try (ChangeReading reading = ChangeReading.of(server, shop, settings)) {
            var partition = reading.partition(Optional.empty());
            server.run("INSERT INTO " + shop + ".orders VALUES (1, 1)", "DROP TABLE " + shop + ".orders");
            assertThat(ChangeReading.rows(partition, 1).rows()).hasSize(1);
            assertThat(catchThrowable(() -> ChangeReading.rows(partition, 1)))
                    .hasMessage("Cannot go on reading table '" + shop
                            + ".orders': it was dropped, and all of its changes were given; leave it out of 'tables',"
                            + " or set when-dropped: ignore");
        }
    }

    @Test
    void goesOnWithTheOthersAndWithATableThatWasMadeAnew() {
        Map<String, Object> settings =
                settings(shop + ".*", Map.of("follow", true, "when-dropped", "ignore", "table-interval", "100ms"));
        try (ChangeReading reading = ChangeReading.of(server, shop, settings)) {
            server.run("INSERT INTO " + shop + ".orders VALUES (1, 1)");
            var partition = reading.partition(Optional.empty());
            assertThat(ChangeReading.rows(partition, 1).rows()).hasSize(1);
            server.run(
                    "DROP TABLE " + shop + ".orders",
                    "CREATE TABLE " + shop + ".orders (code text PRIMARY KEY)",
                    "INSERT INTO " + shop + ".orders VALUES ('new')",
                    "ALTER PUBLICATION " + shop + " ADD TABLE " + shop + ".orders");
            assertThat(ChangeReading.rows(partition, 1).texts())
                    .containsExactly(event("READ", "orders", "{\"code\":\"new\"}", null, "{\"code\":\"new\"}"));
        }
    }

    @Test
    void endsWhereColumnsChangeIfItIsToldTo() {
        Map<String, Object> settings = settings(shop + ".*", Map.of("snapshot", "never", "when-altered", "error"));
        tables.provision(settings);
        server.run("INSERT INTO " + shop + ".orders VALUES (1, 1)");
        List<Poll.Rows> polls = new ArrayList<>();
        Map<String, Object> following = new HashMap<>(settings);
        following.put("follow", true);
        try (ChangeReading reading = ChangeReading.of(server, shop, following)) {
            var partition = reading.partition(Optional.empty());
            polls.addAll(ChangeReading.rows(partition, 1).polls());
            server.run(
                    "ALTER TABLE " + shop + ".orders RENAME price TO amount",
                    "INSERT INTO " + shop + ".orders VALUES (2, 2)");
            assertThat(catchThrowable(() -> ChangeReading.rows(partition, 1)))
                    .hasMessageContaining("its columns were (id, price) and are (id, amount)");
        }
        assertThat(polls.get(0).rows().rowCount()).isEqualTo(1);
        // Nothing was durable: it comes again as it was before, and goes on with what the columns are now.
        assertThat(keys(tables.toEnd(settings, Optional.empty()).rows()))
                .containsExactly("orders{\"id\":1}", "orders{\"id\":2}");
    }

    @Test
    void reportsTheTruncationOfEachTable() {
        Map<String, Object> settings = settings(shop + ".*", Map.of("snapshot", "never"));
        tables.provision(settings);
        server.run(
                "INSERT INTO " + shop + ".orders VALUES (1, 1)",
                "INSERT INTO " + shop + ".customers VALUES ('Ada', NULL)",
                "TRUNCATE " + shop + ".orders, " + shop + ".customers");
        List<String> causes = new ArrayList<>();
        tables.toEnd(settings, Optional.empty())
                .polls()
                .forEach(poll -> poll.bad().forEach(bad -> causes.add(bad.cause())));
        assertThat(causes)
                .containsExactlyInAnyOrder(
                        "table '" + shop + ".orders' was truncated, which is no row",
                        "table '" + shop + ".customers' was truncated, which is no row");
    }

    @Test
    void refusesColumnsOfSeveralTables() {
        assertThat(catchThrowable(() -> tables.provision(settings(shop + ".*", Map.of("rows", "columns")))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tables have columns of their own");
    }

    private void fill(String table, String values, int rows) {
        server.run(
                "INSERT INTO " + shop + "." + table + " SELECT " + values + " FROM generate_series(1, " + rows + ") i");
    }

    private String event(String operation, String table, String key, @Nullable String before, @Nullable String after) {
        return operation + "{schema=" + shop + ", table=" + table + ", key=" + key + ", before=" + before + ", after="
                + after + "}";
    }
}
