package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Partition;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ranges of a query that are read side by side. */
@ExtendWith(ChangedServer.Shared.class)
final class QueryRangesTest {
    private static final Duration NOW = Duration.ofSeconds(10);

    private final ChangedServer server;
    private final String table = ChangedServer.name();

    QueryRangesTest(ChangedServer server) {
        this.server = server;
    }

    private QueryReading reading(Map<String, Object> settings) {
        return new QueryReading(server, settings);
    }

    @Test
    void readsRangesSideBySideThatTogetherHaveEachRowOnce() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, skewed int NOT NULL)",
                "INSERT INTO " + table + " SELECT i, i / 100 * (i % 3) FROM generate_series(1, 2000) i");
        QueryReading reading = reading(Map.of("table", table, "cursor", "skewed", "partitions", 4));
        assertThat(QueryReading.numbers(reading.run(), "id")).hasSize(2000);
        assertThat(reading.states()).hasSize(4);
        server.run("INSERT INTO " + table + " SELECT i, i FROM generate_series(2001, 3000) i");
        assertThat(QueryReading.numbers(reading.run(Map.of("partitions", 2)), "id"))
                .hasSize(1000);
    }

    @Test
    void readsRangesOfAboutTheSameSize() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY)",
                "INSERT INTO " + table + " SELECT i * i FROM generate_series(1, 1000) i");
        QueryReading reading = reading(Map.of("table", table, "key", List.of("id"), "partitions", 4));
        List<Integer> sizes = new ArrayList<>();
        try (Source source = reading.open()) {
            for (Partition partition : source.discover(NOW).partitions()) {
                try (SourcePartition reader = reading.reader(source, partition)) {
                    sizes.add(ChangeReading.toEnd(reader).rows().size());
                }
            }
        }
        assertThat(sizes).containsExactly(250, 250, 250, 250);
    }

    @Test
    void followsBehindRangesThatEnd() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY)",
                "INSERT INTO " + table + " SELECT generate_series(1, 100)");
        QueryReading reading = reading(
                Map.of("table", table, "key", List.of("id"), "partitions", 2, "follow", true, "interval", "10ms"));
        try (Source source = reading.open()) {
            List<Partition> partitions = source.discover(NOW).partitions();
            assertThat(partitions).extracting(Partition::bounded).containsExactly(true, false);
            try (SourcePartition first = reading.reader(source, partitions.get(0));
                    SourcePartition last = reading.reader(source, partitions.get(1))) {
                assertThat(ChangeReading.toEnd(first).rows()).hasSize(50);
                assertThat(ChangeReading.rows(last, 50).rows()).hasSize(50);
                server.run("INSERT INTO " + table + " VALUES (101)", "INSERT INTO " + table + " VALUES (102)");
                assertThat(ChangeReading.rows(last, 2).texts()).containsExactly("READ{id=101}", "READ{id=102}");
            }
        }
    }

    /** Most rows have the last value of the cursor, which rows that come later have too. */
    @Test
    void cutsNoRangeWhereRowsMayStillCome() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, n int NOT NULL)",
                "INSERT INTO " + table + " SELECT i, least(i, 10) FROM generate_series(1, 100) i");
        Map<String, Object> settings = Map.of("table", table, "cursor", "n", "partitions", 3);
        QueryReading ending = reading(settings);
        QueryReading following = reading(settings);
        assertThat(QueryReading.numbers(ending.run(), "id")).hasSize(100);
        Map<String, Object> follow = Map.of("follow", true, "interval", "10ms");
        try (Source source = following.open(follow)) {
            List<Partition> partitions = source.discover(NOW).partitions();
            try (SourcePartition last = following.reader(source, partitions.get(2))) {
                assertThat(ChangeReading.rows(last, 100).rows()).hasSize(100);
                server.run("INSERT INTO " + table + " VALUES (101, 10)");
                assertThat(ChangeReading.rows(last, 1).texts()).containsExactly("READ{id=101, n=10}");
            }
        }
        assertThat(ending.texts()).containsExactly("READ{id=101, n=10}");
    }
}
