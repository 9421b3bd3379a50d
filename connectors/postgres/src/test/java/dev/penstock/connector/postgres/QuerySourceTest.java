package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ChangedServer.Shared.class)
final class QuerySourceTest {
    private static final Duration NOW = Duration.ofSeconds(10);

    private final ChangedServer server;
    private final String table = ChangedServer.name();

    QuerySourceTest(ChangedServer server) {
        this.server = server;
    }

    private QueryReading reading(Map<String, Object> settings) {
        return new QueryReading(server, settings);
    }

    @Test
    void givesWhatIsNewSinceTheRunBefore() {
        server.run(
                "CREATE TABLE " + table + " (id bigint PRIMARY KEY, name text)",
                "INSERT INTO " + table + " VALUES (1, 'one'), (2, NULL)");
        QueryReading reading = reading(Map.of("table", table, "key", List.of("id")));
        assertThat(reading.texts()).containsExactly("READ{id=1, name=one}", "READ{id=2, name=null}");
        assertThat(reading.texts()).isEmpty();
        server.run("INSERT INTO " + table + " VALUES (3, 'three')");
        assertThat(reading.texts()).containsExactly("READ{id=3, name=three}");
        assertThat(reading.texts()).isEmpty();
    }

    @Test
    void givesRowsThatHaveChangedByTheTimeOfTheirChange() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())",
                "INSERT INTO " + table + " SELECT generate_series(1, 1000)");
        QueryReading reading =
                reading(Map.of("table", table, "cursor", "at", "delay", "50ms", "columns", List.of("id")));
        assertThat(reading.run()).hasSize(1000);
        server.run("UPDATE " + table + " SET at = now() WHERE id = 7", "INSERT INTO " + table + " VALUES (0)");
        assertThat(reading.texts()).containsExactly("READ{id=7}", "READ{id=0}");
    }

    /** All 1000 rows have one time: the key alone says where one statement ends and the next one begins. */
    @Test
    void tellsRowsOfOneTimeApartByTheirKey() {
        server.run(
                "CREATE TABLE " + table
                        + " (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), at date DEFAULT '2020-02-02'," + " n int)",
                "INSERT INTO " + table + " (n) SELECT generate_series(1, 1000)");
        QueryReading reading = reading(Map.of("table", table, "cursor", "at", "statement-rows", 7, "delay", "0s"));
        assertThat(QueryReading.numbers(reading.run(), "n")).hasSize(1000);
    }

    @Test
    void readsAQueryOfSeveralTables() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, total numeric(10,2), tags text[][])",
                "CREATE TABLE " + table + "_names (id int PRIMARY KEY, name varchar(20))",
                "INSERT INTO " + table + " VALUES (1, 1.5, '{{a,b},{c,d}}'), (2, 2, NULL)",
                "INSERT INTO " + table + "_names VALUES (1, 'one'), (2, 'two')");
        QueryReading reading = reading(Map.of(
                "query",
                "SELECT o.*, name, total * 2 AS twice, total::numeric(12,3) AS precise FROM " + table + " o JOIN "
                        + table + "_names USING (id) -- with names\n;",
                "key",
                List.of("id")));
        assertThat(reading.texts())
                .containsExactly(
                        "READ{id=1, total=1.50, tags=[[a, b], [c, d]], name=one, twice=3.00, precise=1.500}",
                        "READ{id=2, total=2.00, tags=null, name=two, twice=4.00, precise=2.000}");
    }

    @Test
    void givesColumnsAsTheyAreNow() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)", "INSERT INTO " + table + " VALUES (1)");
        QueryReading reading =
                reading(Map.of("table", table, "key", List.of("id"), "follow", true, "interval", "10ms"));
        try (Source source = reading.open()) {
            Partition partition = source.discover(NOW).partitions().get(0);
            try (SourcePartition reader = reading.reader(source, partition)) {
                assertThat(ChangeReading.rows(reader, 1).texts()).containsExactly("READ{id=1}");
                server.run(
                        "ALTER TABLE " + table + " ADD more text",
                        "ALTER TABLE " + table + " ALTER id TYPE bigint",
                        "INSERT INTO " + table + " VALUES (2, 'x')");
                assertThat(ChangeReading.rows(reader, 1).texts()).containsExactly("READ{id=2, more=x}");
            }
        }
    }

    @Test
    void reportsRowsThatCannotBeHadAndGoesOn() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, price numeric(10,2))",
                "INSERT INTO " + table + " VALUES (1, 1), (2, 'NaN'), (3, 3)");
        QueryReading reading = reading(Map.of("table", table, "key", List.of("id")));
        try (Source source = reading.open();
                SourcePartition reader =
                        reading.reader(source, source.discover(NOW).partitions().get(0))) {
            ChangeReading.Read read = ChangeReading.toEnd(reader);
            assertThat(read.texts()).containsExactly("READ{id=1, price=1.00}", "READ{id=3, price=3.00}");
            assertThat(read.polls().stream().flatMap(poll -> poll.bad().stream()))
                    .singleElement()
                    .satisfies(bad -> assertThat(bad.position()).isEqualTo("2"));
        }
    }

    @Test
    void refusesAnOrderThatRowsHaveNoPlaceIn() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, at timestamptz)",
                "INSERT INTO " + table + " VALUES (1, now() - interval '1 day'), (2, NULL)");
        Map<String, Object> settings = Map.of("table", table, "cursor", "at", "delay", "0s");
        assertThat(catchThrowable(() -> reading(settings).run()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("have null in [at], and no place in the order");
        QueryReading without = reading(settings);
        assertThat(QueryReading.numbers(without.run(Map.of("null-order", "ignore")), "id"))
                .containsExactly(1);
    }

    @Test
    void refusesAKeyThatDoesNotTellRowsApart() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, n int NOT NULL)",
                "INSERT INTO " + table + " VALUES (1, 5), (2, 5)");
        assertThat(catchThrowable(() ->
                        reading(Map.of("table", table, "key", List.of("n"))).open()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no unique index");
        assertThat(catchThrowable(() -> reading(Map.of("query", "SELECT n FROM " + table, "key", List.of("n")))
                        .run()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("two rows have the same [n]: [5]");
        assertThat(catchThrowable(() -> reading(
                                Map.of("query", "SELECT n FROM " + table, "key", List.of("n"), "statement-rows", 1))
                        .run()))
                .hasMessageContaining("two rows have the same [n]: [5]");
    }

    @Test
    void saysWhatIsWrongWithNamesAndTypes() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, body json, at point)");
        assertProblem(Map.of("table", table, "key", List.of("nix")), "key", "has no column 'nix'");
        assertProblem(Map.of("table", table, "cursor", "nix"), "cursor", "has no column 'nix'");
        assertProblem(Map.of("table", table + "_gone", "cursor", "at"), "table", "there is no table");
        assertProblem(Map.of("table", table, "cursor", "body"), "", "could not identify an ordering operator");
        assertProblem(Map.of("table", table, "key", List.of("id"), "where", "nix = 1"), "", "does not exist");
        assertProblem(Map.of("table", table, "key", List.of("id"), "where", "id = "), "", "syntax error");
        assertProblem(Map.of("query", "SELECT 1 AS a, 2 AS a", "key", List.of("a")), "query", "are called 'a'");
        assertProblem(Map.of("query", "SELECT 1 AS a"), "key", "does not say what its rows are told apart by");
        assertProblem(Map.of("table", table), "key", "rows have no order to go by");
        assertProblem(Map.of("table", table, "key", List.of("id"), "cursor-zone", "Nix/Da"), "cursor-zone", "zone");
    }

    private void assertProblem(Map<String, Object> settings, String path, String reason) {
        assertThat(check(settings)).as("%s", settings).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.reason()).contains(reason);
        });
    }

    private List<Problem> check(Map<String, Object> settings) {
        PostgresQueryConnector connector = new PostgresQueryConnector();
        Map<String, Object> all = QueryReading.settings(server.local(), settings);
        return connector.check(
                Role.SOURCE, QueryKeys.SPEC.parse(all).orThrow(), new KitContext("test", "query", 1, Path.of("")));
    }

    @Test
    void warnsWhereNoIndexHasTheOrder() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, at timestamptz NOT NULL)");
        Map<String, Object> settings = Map.of("table", table, "cursor", "at");
        assertThat(check(settings)).extracting(Problem::severity).containsExactly(Problem.Severity.WARNING);
        server.run("CREATE INDEX ON " + table + " (at, id)");
        assertThat(check(settings)).isEmpty();
    }

    @Test
    void refusesToGoOnInATableThatWasMadeAnew() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)", "INSERT INTO " + table + " VALUES (1), (2)");
        QueryReading reading = reading(Map.of("table", table, "key", List.of("id")));
        reading.run();
        server.run(
                "DROP TABLE " + table,
                "CREATE TABLE " + table + " (id int PRIMARY KEY)",
                "INSERT INTO " + table + " VALUES (1), (2), (3)");
        assertThat(catchThrowable(reading::run)).isInstanceOf(ResumeLostException.class);
        assertThat(reading.run(Map.of("when-replaced", "continue"))).hasSize(1);
    }

    @Test
    void refusesToGoOnInAnotherOrder() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())");
        QueryReading reading = reading(Map.of("table", table, "key", List.of("id")));
        reading.run();
        assertThat(catchThrowable(() -> reading.run(Map.of("cursor", "at"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is a place in the order [id], not [at, id]");
    }

    @Test
    void changesNothingWhateverTheQueryIs() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)");
        server.run("CREATE FUNCTION " + table + "_write() RETURNS int LANGUAGE sql AS 'INSERT INTO " + table
                + " VALUES (1) RETURNING id'");
        QueryReading reading = reading(
                Map.of("query", "SELECT " + table + "_write() AS id FROM generate_series(1, 1)", "key", List.of("id")));
        assertThat(catchThrowable(reading::run)).hasMessageContaining("read-only transaction");
        assertThat(server.ask("SELECT count(*) FROM " + table)).isEqualTo("0");
    }
}
