package dev.penstock.connector.postgres;

import static dev.penstock.connector.postgres.ShopTables.keys;
import static dev.penstock.connector.postgres.ShopTables.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.ResumeState;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is under way while the choice of tables, or what they are called, changes. */
@ExtendWith(ChangedServer.Shared.class)
final class TablesUnderWayTest {
    private final ChangedServer server;
    private final ShopTables tables;
    private final String shop;

    TablesUnderWayTest(ChangedServer server) {
        this.server = server;
        this.tables = ShopTables.on(server);
        this.shop = tables.schema();
    }

    @BeforeEach
    void createSchema() {
        tables.create();
    }

    @Test
    void readsATableThatIsNamedLaterWithWhatWasUnderWayWhenItWasPublished() throws Exception {
        Map<String, Object> settings = settings(shop + ".orders", Map.of("rows", "events"));
        tables.provision(settings);
        ResumeState state = tables.toEnd(settings, Optional.empty()).state();
        Map<String, Object> both = settings(tables.both(), Map.of("rows", "events"));
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO " + shop + ".customers VALUES ('Ada', NULL)");
            tables.provision(both);
            Thread writer = new Thread(() -> commitWhenWaitedFor(connection));
            writer.start();
            assertThat(keys(tables.toEnd(both, Optional.of(state)).rows()))
                    .containsExactly("customers{\"name\":\"Ada\"}");
            writer.join();
        }
    }

    /** Whoever waits asks again and again who holds locks on the table. */
    private void commitWhenWaitedFor(java.sql.Connection connection) {
        awaitAsking();
        try {
            connection.commit();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitAsking() {
        String asking = "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE"
                + " '%pg_locks%RowExclusiveLock%'";
        while (server.ask(asking).equals("0")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void readsATableThatIsNamedLaterWithWhatWasPreparedWhenItWasPublished() throws Exception {
        Map<String, Object> settings = settings(shop + ".orders", Map.of("rows", "events"));
        tables.provision(settings);
        ResumeState state = tables.toEnd(settings, Optional.empty()).state();
        Map<String, Object> both = settings(tables.both(), Map.of("rows", "events"));
        server.run(
                "BEGIN; INSERT INTO " + shop + ".customers VALUES ('Ada', NULL); PREPARE TRANSACTION '" + shop + "'");
        tables.provision(both);
        Thread writer = new Thread(() -> {
            awaitAsking();
            server.run("COMMIT PREPARED '" + shop + "'");
        });
        writer.start();
        assertThat(keys(tables.toEnd(both, Optional.of(state)).rows())).containsExactly("customers{\"name\":\"Ada\"}");
        writer.join();
    }

    @Test
    void givesChangesUnderTheNamesThatTablesHadThen() {
        server.run("CREATE TABLE " + shop + ".orders_new (id int PRIMARY KEY, price numeric(10,2))");
        Map<String, Object> settings =
                settings(shop + ".*", Map.of("snapshot", "never", "when-altered", "error", "rows", "events"));
        tables.provision(settings);
        server.run(
                "INSERT INTO " + shop + ".orders VALUES (1, 1)",
                "INSERT INTO " + shop + ".orders_new VALUES (2, 2)",
                "BEGIN; ALTER TABLE " + shop + ".orders RENAME TO orders_old; ALTER TABLE " + shop
                        + ".orders_new RENAME TO orders; COMMIT",
                "INSERT INTO " + shop + ".orders_old VALUES (3, 3)",
                "INSERT INTO " + shop + ".orders VALUES (4, 4)");
        assertThat(keys(tables.toEnd(settings, Optional.empty()).rows()))
                .containsExactly(
                        "orders{\"id\":1}", "orders_new{\"id\":2}", "orders_old{\"id\":3}", "orders{\"id\":4}");
    }
}
