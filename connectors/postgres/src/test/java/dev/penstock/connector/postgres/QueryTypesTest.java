package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.local.LocalPostgres.Release;
import dev.penstock.spi.Source;
import dev.penstock.spi.data.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query gives is what a snapshot gives, of every type. */
@ExtendWith({ChangedServer.Shared.class, Server.Shared.class})
final class QueryTypesTest {
    @Test
    void everyTypeIsWhatItIsInASnapshot(ChangedServer server) {
        String table = ChangedServer.name();
        server.run(TypeSamples.PREPARATION);
        fill(server, table);
        ChangeReading.Read snapshot;
        try (ChangeReading changes = ChangeReading.of(server, table, Map.of("follow", false))) {
            snapshot = ChangeReading.toEnd(changes.partition(Optional.empty()));
        }
        for (Map<String, Object> what : List.<Map<String, Object>>of(
                Map.of("table", table), Map.of("query", "SELECT * FROM (SELECT * FROM " + table + ") t"))) {
            QueryReading reading = new QueryReading(server, join(what, Map.of("key", List.of("id"))));
            try (Source source = reading.open()) {
                assertThat(source.schema()).isEqualTo(snapshot.rows().get(0).schema());
            }
            assertThat(reading.run()).isEqualTo(snapshot.rows());
        }
    }

    private static Map<String, Object> join(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> all = new HashMap<>(one);
        all.putAll(other);
        return all;
    }

    /** A column for each type; as many rows as one has values. */
    private static void fill(ChangedServer server, String table) {
        List<TypeSamples> samples = TypeSamples.all();
        String columns = IntStream.range(0, samples.size())
                .mapToObj(index -> "c" + index + " " + samples.get(index).type())
                .collect(Collectors.joining(", "));
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, " + columns + ")");
        int rows = samples.stream()
                .mapToInt(sample -> sample.literals().size())
                .max()
                .orElseThrow();
        List<String> inserts = new ArrayList<>();
        for (int row = 0; row <= rows; row++) {
            int index = row;
            inserts.add("INSERT INTO " + table + " VALUES (" + row + ", "
                    + samples.stream()
                            .map(sample -> index < sample.literals().size()
                                    ? sample.literals().get(index)
                                    : "NULL")
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        server.run(inserts.toArray(String[]::new));
    }

    /** Places in such orders are kept as text, and read on behind every row. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bigint",
                "smallint",
                "numeric",
                "float8",
                "text",
                "varchar(9)",
                "char(9)",
                "uuid",
                "bytea",
                "inet",
                "timestamp(0)",
                "timestamptz",
                "date",
                "interval",
                "mood",
                "positive"
            })
    void everyTypeThatHasAnOrderCanBeOne(String type, ChangedServer server) {
        String table = ChangedServer.name();
        server.run(TypeSamples.PREPARATION);
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, o " + type + ")");
        List<String> literals = TypeSamples.all().stream()
                .filter(sample -> sample.type().equals(type))
                .findFirst()
                .map(TypeSamples::literals)
                .orElse(LITERALS.getOrDefault(type, List.of()));
        for (int index = 0; index < literals.size(); index++) {
            server.run("INSERT INTO " + table + " VALUES (" + index + ", " + literals.get(index) + ")");
        }
        assertThat(literals).isNotEmpty();
        Map<String, Object> settings = Map.of("cursor", "o", "statement-rows", 1, "open-transactions", "ignore");
        QueryReading reading = new QueryReading(server, join(settings, Map.of("table", table)));
        QueryReading query = new QueryReading(
                server, join(settings, Map.of("query", "SELECT * FROM " + table, "key", List.of("id"))));
        assertThat(reading.run().stream().map(row -> row.get("id")).toList())
                .hasSize(literals.size())
                .doesNotHaveDuplicates();
        assertThat(query.run()).hasSameSizeAs(literals);
        server.run("INSERT INTO " + table + " SELECT 1000, o FROM " + table + " ORDER BY o DESC LIMIT 1");
        assertThat(reading.run()).extracting((Row row) -> row.get("id")).containsExactly(1000);
        assertThat(query.run()).extracting((Row row) -> row.get("id")).containsExactly(1000);
    }

    /** Bounds of ranges and ends of rounds are written by the server, places of rows are not. */
    @ParameterizedTest
    @ValueSource(strings = {"1 second", "100 milliseconds", "1 microsecond"})
    void aTimeAloneIsReadOnBehindBoundsOfEveryKind(String step, ChangedServer server) {
        String table = ChangedServer.name();
        server.run("CREATE TABLE " + table + " (at timestamptz PRIMARY KEY)");
        String insert = "INSERT INTO " + table + " SELECT '2026-01-31'::timestamptz + i * interval '" + step
                + "' FROM generate_series(%d, %d) i";
        Map<String, Object> settings = Map.of("key", List.of("at"), "partitions", 4, "open-transactions", "ignore");
        for (Map<String, Object> what :
                List.<Map<String, Object>>of(Map.of("table", table), Map.of("query", "SELECT * FROM " + table))) {
            server.run("TRUNCATE " + table, insert.formatted(1, 40));
            QueryReading reading = new QueryReading(server, join(settings, what));
            assertThat(reading.run()).hasSize(40).doesNotHaveDuplicates();
            server.run(insert.formatted(41, 60));
            assertThat(reading.run()).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void aTimeBehindTheCursorIsReadOnBehind(ChangedServer server) {
        String table = ChangedServer.name();
        server.run(
                "CREATE TABLE " + table + " (id int, created_at timestamptz, PRIMARY KEY (id, created_at))",
                "INSERT INTO " + table + " SELECT i, '2026-01-31' FROM generate_series(1, 10) i");
        QueryReading reading = new QueryReading(server, Map.of("table", table, "cursor", "id"));
        assertThat(reading.run()).hasSize(10);
        server.run("INSERT INTO " + table + " VALUES (11, '2026-01-31 00:00:00.5')");
        assertThat(reading.run()).extracting((Row row) -> row.get("id")).containsExactly(11);
    }

    private static final Map<String, List<String>> LITERALS = Map.of(
            "float8", List.of("'NaN'", "0.1", "'-Infinity'", "1e-300"),
            "varchar(9)", List.of("''", "'it''s'", "'\\'"),
            "char(9)", List.of("''", "'a'", "'b'"),
            "timestamp(0)", List.of("'-infinity'", "'0044-03-15 12:00 BC'", "'2026-01-31 23:59:58'", "'infinity'"),
            "inet", List.of("'10.0.0.1/8'", "'::1'"),
            "mood", List.of("'sad'", "'so \"so\"'", "'glücklich'"),
            "positive", List.of("1", "2"));

    @ParameterizedTest
    @EnumSource(Release.class)
    void bothReleasesGiveWhatIsNew(Release release, Server.Servers servers) {
        Server server = servers.of(release);
        server.run(
                "DROP TABLE IF EXISTS news",
                "CREATE TABLE news (id int PRIMARY KEY, at timestamptz DEFAULT now(), tx xid8 DEFAULT"
                        + " pg_current_xact_id())",
                "INSERT INTO news SELECT generate_series(1, 100)");
        for (String cursor : List.of("at", "tx", "id")) {
            server.run("DELETE FROM news WHERE id > 100");
            Map<String, Object> settings = Map.of(
                    "query",
                    "SELECT *, id % 7 AS rest FROM news",
                    "key",
                    List.of("id"),
                    "delay",
                    "20ms",
                    "partitions",
                    3);
            QueryReading reading = new QueryReading(server.local(), join(settings, Map.of("cursor", cursor)));
            assertThat(reading.run()).hasSize(100);
            server.run("INSERT INTO news VALUES (101)");
            assertThat(reading.run()).extracting((Row row) -> row.get("id")).containsExactly(101);
        }
    }
}
