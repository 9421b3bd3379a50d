package dev.penstock.connector.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import dev.penstock.connector.postgres.ChangeReading.Read;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.data.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the parts of a table end that is read, and what becomes of those that are too large. */
@ExtendWith(ChangedServer.Shared.class)
final class SnapshotPartsTest {
    /** Small where it lies, as it is compressed, and large when it is read. */
    private static final String LARGE = "repeat('x', 1000000)";

    private static final int ROWS = 25;

    private final ChangedServer server;
    private final String table = ChangedServer.name();

    SnapshotPartsTest(ChangedServer server) {
        this.server = server;
    }

    @Test
    void aSampleHasKeysAtEvenDistances() throws Exception {
        server.run(
                "CREATE TABLE " + table + " (shop text, id int, PRIMARY KEY (shop, id))",
                "INSERT INTO " + table + " SELECT 'it''s ' || i / 5000, i FROM generate_series(0, 9999) AS i");
        SnapshotSample sample = sample(List.of(), 1000);
        assertThat(sample.rowsApart()).isEqualTo(1000);
        assertThat(sample.keys()).hasSize(10).startsWith(List.of("it's 0", "999"), List.of("it's 0", "1999"));
        assertThat(sample(List.of("it's 1", "8999"), 1000).keys()).containsExactly(List.of("it's 1", "9999"));
    }

    @Test
    void aSampleForTheRestOfATableHasTheKeysOfTheWhole() throws Exception {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, load text)",
                "INSERT INTO " + table + " SELECT i, repeat('x', 500) FROM generate_series(1, 9000) AS i");
        List<List<String>> keys = sample(List.of(), Integer.MAX_VALUE).keys();
        assertThat(keys).hasSizeGreaterThan(4);
        List<String> after = keys.get(keys.size() - 3);
        assertThat(sample(after, Integer.MAX_VALUE).keys()).isEqualTo(keys.subList(keys.size() - 2, keys.size()));
    }

    @Test
    void aSampleOfPartitionsAndOfAnEmptyTable() throws Exception {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY) PARTITION BY RANGE (id)");
        assertThat(sample(List.of(), 10).keys()).isEmpty();
        server.run(
                "CREATE TABLE " + table + "_1 PARTITION OF " + table + " FOR VALUES FROM (0) TO (50)",
                "CREATE TABLE " + table + "_2 PARTITION OF " + table + " FOR VALUES FROM (50) TO (100)",
                "INSERT INTO " + table + " SELECT generate_series(0, 99)");
        assertThat(sample(List.of(), 40).keys()).containsExactly(List.of("39"), List.of("79"));
    }

    private SnapshotSample sample(List<String> after, int rows) throws Exception {
        try (Connection connection = server.connect()) {
            return SnapshotSample.take(connection, query(connection), after, new Limit(rows, 1 << 20));
        }
    }

    private SnapshotQuery query(Connection connection) throws SQLException {
        return new SnapshotQuery(new TableCatalog(connection)
                .find(new TableName("public", table), Optional.empty(), List.of())
                .orElseThrow());
    }

    @Test
    void cutsWhatHasGrownBehindTheSampleToo() throws Exception {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)", fill(1, 3000));
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            SnapshotScan scan = new SnapshotScan(query(connection), 1000, List.of());
            assertThat(cut(connection, scan)).isEqualTo(new SnapshotRange(List.of(), List.of("1000")));
            server.run(fill(3001, 5500));
            assertThat(Stream.generate(() -> cut(connection, scan)).limit(5).map(SnapshotRange::last))
                    .containsExactly(List.of("2000"), List.of("3000"), List.of("4000"), List.of("5000"), List.of());
        }
    }

    @Test
    void knowsWhichPartsAreNeverRead() throws Exception {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)", fill(1, 1500));
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            SnapshotScan scan = new SnapshotScan(query(connection), 1000, List.of());
            List<SnapshotPart> parts =
                    Stream.generate(() -> new SnapshotPart(scan, 0, 0)).limit(3).toList();
            scan.cut(connection, parts.get(0));
            assertThat(parts).noneMatch(SnapshotPart::isBehindEnd);
            scan.cut(connection, parts.get(1));
            scan.cut(connection, parts.get(2));
            assertThat(parts).map(SnapshotPart::isBehindEnd).containsExactly(false, false, true);
        }
    }

    @Test
    void countsRowsOnlyIfMostAreLargerThanTheSampleSays() throws Exception {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)", fill(1, 5000));
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            SnapshotScan scan = new SnapshotScan(query(connection), 1000, List.of());
            assertThat(cut(connection, scan).last()).containsExactly("1000");
            scan.learn(1000, 1L << 20);
            scan.learn(500, 100L << 20);
            assertThat(cut(connection, scan).last()).containsExactly("2000");
            IntStream.range(0, 30).forEach(part -> scan.learn(1000, 1L << 20));
            assertThat(scan.rows()).isEqualTo(1000);
            assertThat(cut(connection, scan).last()).containsExactly("3000");
            IntStream.range(0, 30).forEach(part -> scan.learn(1000, 6L << 20));
            assertThat(scan.rows()).isBetween(333, 450);
            assertThat(cut(connection, scan).last()).containsExactly(String.valueOf(3000 + scan.rows()));
        }
    }

    @Test
    void countsRowsIfTheServerHasNoRoomForASample() throws Exception {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)", fill(1, 20_000));
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET work_mem = '64kB'; SET temp_file_limit = 0");
            connection.commit();
            SnapshotScan scan = new SnapshotScan(query(connection), 1000, List.of());
            assertThat(cut(connection, scan).last()).containsExactly("1000");
            assertThat(cut(connection, scan).last()).containsExactly("2000");
        }
    }

    private String fill(int first, int last) {
        return "INSERT INTO " + table + " SELECT generate_series(" + first + ", " + last + ")";
    }

    private static SnapshotRange cut(Connection connection, SnapshotScan scan) {
        SnapshotPart part = new SnapshotPart(scan, 0, 0);
        try {
            scan.cut(connection, part);
        } catch (SQLException e) {
            throw new AssertionError("Cannot cut: " + e.getMessage(), e);
        }
        return requireNonNull(part.range(), "range");
    }

    @Test
    void givesEachRowOnceWherePartsAreCutShort() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, load text)",
                "INSERT INTO " + table + " SELECT i, " + LARGE + " FROM generate_series(1, " + ROWS + ") AS i");
        assertThat(ids(read(Optional.empty(), Integer.MAX_VALUE))).isEqualTo(numbers(1, ROWS));
    }

    @Test
    void goesOnBehindAnyRowOfAPartThatIsCutShort() {
        server.run(
                "CREATE TABLE " + table + " (place inet, id int, load text, PRIMARY KEY (place, id))",
                "INSERT INTO " + table + " SELECT '10.0.0.1', i, " + LARGE + " FROM generate_series(1, " + ROWS
                        + ") AS i");
        for (int rows : new int[] {9, 10}) {
            Read first = read(Optional.empty(), rows);
            Read rest = read(Optional.of(first.state()), Integer.MAX_VALUE);
            assertThat(ids(first)).isEqualTo(numbers(1, rows));
            assertThat(ids(rest)).isEqualTo(numbers(rows + 1, ROWS));
        }
    }

    @Test
    void cutsBehindRowsThatCannotBeRead() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, price numeric(10,2), load text)",
                "INSERT INTO " + table + " SELECT i, 'NaN', " + LARGE + " FROM generate_series(1, " + ROWS + ") AS i");
        Read read = read(Optional.empty(), Integer.MAX_VALUE);
        assertThat(read.rows()).isEmpty();
        assertThat(read.polls().stream().mapToInt(poll -> poll.bad().size()).sum())
                .isEqualTo(ROWS);
    }

    private Read read(Optional<ResumeState> from, int rows) {
        try (ChangeReading reading = ChangeReading.of(server, table, Map.of("follow", false))) {
            return ChangeReading.rows(reading.partition(from), rows);
        }
    }

    private static List<Object> ids(Read read) {
        return read.rows().stream().map((Row row) -> row.get("id")).toList();
    }

    private static List<Object> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).<Object>mapToObj(id -> id).toList();
    }
}
