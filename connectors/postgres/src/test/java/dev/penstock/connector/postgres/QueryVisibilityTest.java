package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Problem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read: where nobody can say when all rows before a place can be seen, and what would write. */
@ExtendWith(ChangedServer.Shared.class)
final class QueryVisibilityTest {
    private final ChangedServer server;
    private final String table = ChangedServer.name();

    QueryVisibilityTest(ChangedServer server) {
        this.server = server;
    }

    private void create() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(),"
                        + " tx xid8 NOT NULL DEFAULT pg_current_xact_id())",
                "INSERT INTO " + table + " VALUES (1)");
    }

    /** Both the check and a run say {@code reason}; but not if late rows may be missed. */
    private void assertRefused(Map<String, Object> settings, String reason) {
        assertThat(check(settings)).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo("open-transactions");
            assertThat(problem.code()).isEqualTo(Problem.Code.UNSUPPORTED);
            assertThat(problem.reason()).contains(reason);
        });
        assertThat(catchThrowable(() -> new QueryReading(server, settings).run()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(reason);
        Map<String, Object> ignoring = new HashMap<>(settings);
        ignoring.put("open-transactions", "ignore");
        assertThat(new QueryReading(server, ignoring).run()).hasSize(1);
    }

    private List<Problem> check(Map<String, Object> settings) {
        Map<String, Object> all = QueryReading.settings(server.local(), settings);
        return new PostgresQueryConnector()
                .check(
                        Role.SOURCE,
                        QueryKeys.SPEC.parse(all).orThrow(),
                        new KitContext("test", "query", 1, Path.of("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"at", "tx", "id"})
    void refusesViewsThatAreMaterialized(String cursor) {
        create();
        server.run(
                "CREATE MATERIALIZED VIEW " + table + "_kept AS SELECT * FROM " + table,
                "CREATE UNIQUE INDEX ON " + table + "_kept (id)");
        assertRefused(
                Map.of("table", table + "_kept", "cursor", cursor, "key", List.of("id"), "delay", "10ms"),
                "the view is materialized");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at", "tx", "id"})
    void refusesTablesOfOtherServers(String cursor) {
        server.run(
                "CREATE EXTENSION IF NOT EXISTS file_fdw",
                "CREATE SERVER " + table + "_files FOREIGN DATA WRAPPER file_fdw",
                "CREATE FOREIGN TABLE " + table
                        + " (id int NOT NULL, at timestamptz NOT NULL, tx xid8 NOT NULL) SERVER " + table
                        + "_files OPTIONS (program 'echo 1,2026-01-31,3', format 'csv')");
        assertRefused(
                Map.of("table", table, "cursor", cursor, "key", List.of("id"), "delay", "10ms"),
                "the table is foreign");
    }

    @Test
    void refusesToLookForWritersWhereLocksDoNotSay() {
        create();
        server.run("CREATE VIEW " + table + "_view AS SELECT * FROM " + table);
        Map<String, Object> settings = Map.of("key", List.of("id"), "open-transactions", "writers");
        assertRefused(with(settings, table + "_view"), "do not say who changes its rows");
        assertThat(check(with(settings, table))).isEmpty();
        server.run("CREATE TABLE " + table + "_child () INHERITS (" + table + ")");
        assertRefused(with(settings, table), "do not say who changes its rows");
    }

    private static Map<String, Object> with(Map<String, Object> settings, String table) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("table", table);
        return all;
    }

    /** Transaction ids need no list of who writes. */
    @Test
    void readsTransactionIdsOfViewsWhoeverIsAskedFor() {
        create();
        server.run("CREATE VIEW " + table + "_view AS SELECT * FROM " + table);
        Map<String, Object> settings = Map.of("cursor", "tx", "key", List.of("id"), "open-transactions", "writers");
        assertThat(new QueryReading(server, with(settings, table + "_view")).run())
                .hasSize(1);
    }

    /** It would be tried for ever otherwise. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aQueryThatWritesIsAMistakeOfWhoWroteIt(boolean follow) {
        create();
        server.run("CREATE FUNCTION " + table + "_write() RETURNS int LANGUAGE sql AS 'INSERT INTO " + table
                + " VALUES (2) RETURNING id'");
        String query = "SELECT " + table + "_write() AS id FROM generate_series(1, 1)";
        QueryReading reading = new QueryReading(server, Map.of("query", query, "key", List.of("id"), "follow", follow));
        assertThat(catchThrowable(reading::run))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        mistake -> assertThat(mistake.problems())
                                .extracting(Problem::path)
                                .containsExactly("query"))
                .hasMessageContaining("read-only transaction");
    }
}
