package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Poll;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are committed later than others which are newer. */
@ExtendWith(ChangedServer.Shared.class)
final class OpenTransactionTest {
    private static final Duration NOW = Duration.ofSeconds(10);
    /** So many looks find nothing that must not be there. */
    private static final int LOOKS = 20;

    private final ChangedServer server;
    private final String table = ChangedServer.name();

    OpenTransactionTest(ChangedServer server) {
        this.server = server;
    }

    private QueryReading following(Map<String, Object> order) {
        return new QueryReading(
                server, join(order, Map.of("table", table, "follow", true, "interval", "10ms", "delay", "50ms")));
    }

    private static Map<String, Object> join(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> all = new HashMap<>(other);
        all.putAll(one);
        return all;
    }

    /** What comes of a table while a transaction that begins with {@code first} is open, and when it is over. */
    private void assertWaits(QueryReading reading, String first, String late, String early) throws SQLException {
        try (Connection open = server.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute(first);
            server.run(early);
            try (Source source = reading.open();
                    SourcePartition reader = reading.reader(
                            source, source.discover(NOW).partitions().get(0))) {
                assertNothing(reader);
                statement.execute(late);
                assertNothing(reader);
                open.commit();
                assertThat(names(ChangeReading.rows(reader, 2).rows())).containsExactly("late", "early");
            }
        }
    }

    private static void assertNothing(SourcePartition reader) {
        for (int look = 0; look < LOOKS; look++) {
            assertThat(QueryReading.poll(reader)).isInstanceOf(Poll.Idle.class);
        }
    }

    private static List<Object> names(List<Row> rows) {
        List<Object> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.get("name")));
        return names;
    }

    @Test
    void aTimeIsThatOfTheBeginningOfItsTransaction() throws SQLException {
        server.run("CREATE TABLE " + table + " (id serial PRIMARY KEY, at timestamptz DEFAULT now(), name text)");
        assertWaits(
                following(Map.of("cursor", "at")),
                "SELECT 1", // it has not written anything yet
                "INSERT INTO " + table + " (name) VALUES ('late')",
                "INSERT INTO " + table + " (name) VALUES ('early')");
    }

    @Test
    void aRoleThatMayOnlySelectWaitsForThoseOfOthers() throws SQLException {
        server.run(
                "CREATE TABLE " + table + " (id serial PRIMARY KEY, at timestamptz DEFAULT now(), name text)",
                "CREATE ROLE " + table + "_reader LOGIN",
                "GRANT SELECT (id, at, name) ON " + table + " TO " + table + "_reader");
        assertWaits(
                following(Map.of("cursor", "at", "user", table + "_reader")),
                "SELECT 1",
                "INSERT INTO " + table + " (name) VALUES ('late')",
                "INSERT INTO " + table + " (name) VALUES ('early')");
    }

    @Test
    void aNumberIsTakenBeforeItsRowIsCommitted() throws SQLException {
        server.run("CREATE TABLE " + table + " (id serial PRIMARY KEY, name text)");
        assertWaits(
                following(Map.of("key", List.of("id"), "open-transactions", "writers")),
                "INSERT INTO " + table + " (name) VALUES ('late')",
                "SELECT 1",
                "INSERT INTO " + table + " (name) VALUES ('early')");
    }

    @Test
    void aNumberMayBeTakenBeforeItsTransactionWrites() throws SQLException {
        server.run("CREATE TABLE " + table + " (id serial PRIMARY KEY, name text)");
        assertWaits(
                following(Map.of("key", List.of("id"))),
                "SELECT nextval('" + table + "_id_seq')",
                "INSERT INTO " + table + " VALUES (1, 'late')",
                "INSERT INTO " + table + " (name) VALUES ('early')");
    }

    @Test
    void aTransactionIdIsNotOlderThanThoseThatAreOpen() throws SQLException {
        server.run("CREATE TABLE " + table
                + " (id serial PRIMARY KEY, tx xid8 NOT NULL DEFAULT pg_current_xact_id(), name text)");
        assertWaits(
                following(Map.of("cursor", "tx")),
                "SELECT pg_current_xact_id()",
                "INSERT INTO " + table + " (name) VALUES ('late')",
                "INSERT INTO " + table + " (name) VALUES ('early')");
    }

    @Test
    void aPreparedTransactionIsOpenToo() throws SQLException {
        server.run("CREATE TABLE " + table + " (id serial PRIMARY KEY, name text)");
        try (Connection open = server.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO " + table + " (name) VALUES ('late')");
            statement.execute("PREPARE TRANSACTION '" + table + "'");
        }
        server.run("INSERT INTO " + table + " (name) VALUES ('early')");
        QueryReading reading = following(Map.of("key", List.of("id")));
        try (Source source = reading.open();
                SourcePartition reader =
                        reading.reader(source, source.discover(NOW).partitions().get(0))) {
            assertNothing(reader);
            server.run("COMMIT PREPARED '" + table + "'");
            assertThat(names(ChangeReading.rows(reader, 2).rows())).containsExactly("late", "early");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "writers"})
    void aTransactionThatIsPreparedMeanwhileIsStillOpen(String which) throws SQLException {
        server.run("CREATE TABLE " + table + " (id serial PRIMARY KEY, name text)");
        QueryReading reading = following(Map.of("key", List.of("id"), "open-transactions", which));
        try (Connection open = server.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO " + table + " (name) VALUES ('late')");
            server.run("INSERT INTO " + table + " (name) VALUES ('early')");
            try (Source source = reading.open();
                    SourcePartition reader = reading.reader(
                            source, source.discover(NOW).partitions().get(0))) {
                assertNothing(reader);
                statement.execute("PREPARE TRANSACTION '" + table + "'");
                assertNothing(reader);
                server.run("COMMIT PREPARED '" + table + "'");
                assertThat(names(ChangeReading.rows(reader, 2).rows())).containsExactly("late", "early");
            }
        }
    }

    /** It begins when the end is fixed, goes on when nobody writes any more, and does not have what came later. */
    @Test
    void aRunThatEndsWaitsForThoseThatWereOpenWhenItBegan() throws SQLException {
        server.run("CREATE TABLE " + table + " (id serial PRIMARY KEY, name text)");
        QueryReading reading = new QueryReading(server, Map.of("table", table, "key", List.of("id")));
        try (Connection open = server.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO " + table + " (name) VALUES ('late')");
            server.run("INSERT INTO " + table + " (name) VALUES ('early')");
            try (Source source = reading.open();
                    SourcePartition reader = reading.reader(
                            source, source.discover(NOW).partitions().get(0))) {
                assertNothing(reader);
                server.run("INSERT INTO " + table + " (name) VALUES ('next')");
                open.commit();
                ChangeReading.Read read = ChangeReading.toEnd(reader);
                assertThat(names(read.rows())).containsExactly("late", "early");
                reading.keep("range-1", read.state());
            }
        }
        assertThat(names(reading.run())).containsExactly("next");
    }

    @Test
    void whoIgnoresThemReadsAtOnceAndMissesWhatIsLate() throws SQLException {
        server.run("CREATE TABLE " + table + " (id serial PRIMARY KEY, name text)");
        QueryReading reading =
                new QueryReading(server, Map.of("table", table, "key", List.of("id"), "open-transactions", "ignore"));
        try (Connection open = server.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO " + table + " (name) VALUES ('late')");
            server.run("INSERT INTO " + table + " (name) VALUES ('early')");
            assertThat(names(reading.run())).containsExactly("early");
            open.commit();
        }
        assertThat(reading.run()).isEmpty();
    }
}
