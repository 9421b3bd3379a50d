package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Row;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reading a query on, wherever it was interrupted. */
@Timeout(600)
@ExtendWith(ChangedServer.Shared.class)
final class QueryResumeTest {
    private static final Duration NOW = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ChangedServer server;
    private final String table = ChangedServer.name();

    QueryResumeTest(ChangedServer server) {
        this.server = server;
    }

    @Test
    void goesOnBehindEachBatchOfEachRange() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, n int NOT NULL)",
                "INSERT INTO " + table + " SELECT i, i / 10 FROM generate_series(1, 120) i");
        Map<String, Object> settings = Map.of("table", table, "cursor", "n", "partitions", 3, "statement-rows", 17);
        try (Source source = new QueryReading(server, settings).open()) {
            for (Partition partition : source.discover(NOW).partitions()) {
                ChangeReading.Read whole;
                try (SourcePartition reader = source.partition(partition, Optional.empty())) {
                    whole = ChangeReading.read(reader, 7, Integer.MAX_VALUE);
                }
                assertGoesOnBehindEachBatch(source, partition, whole);
            }
        }
    }

    private static void assertGoesOnBehindEachBatch(Source source, Partition partition, ChangeReading.Read whole) {
        int given = 0;
        for (Poll.Rows poll : whole.polls()) {
            given += poll.rows().rowCount();
            try (SourcePartition reader = source.partition(partition, Optional.of(poll.after()))) {
                ChangeReading.Read rest = ChangeReading.toEnd(reader);
                assertThat(rest.texts())
                        .isEqualTo(whole.texts().subList(given, whole.rows().size()));
                assertThat(rest.state()).isEqualTo(whole.state());
            }
        }
    }

    /** Only one of two ranges was read: both keep their bounds, whatever is in the table by then. */
    @Test
    void keepsTheRangesOfARunThatWasInterrupted() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY)",
                "INSERT INTO " + table + " SELECT generate_series(1, 100)");
        QueryReading reading = new QueryReading(server, Map.of("table", table, "key", List.of("id"), "partitions", 2));
        Set<Object> seen = new HashSet<>();
        try (Source source = reading.open()) {
            Partition first = source.discover(NOW).partitions().get(0);
            try (SourcePartition reader = reading.reader(source, first)) {
                reading.next(reader, first.id(), 20).forEach(row -> seen.add(row.get("id")));
            }
        }
        server.run("INSERT INTO " + table + " SELECT generate_series(101, 1000)");
        List<Row> rest = reading.run(Map.of("partitions", 5));
        rest.forEach(row -> assertThat(seen.add(row.get("id"))).isTrue());
        assertThat(seen).hasSize(100);
        assertThat(reading.run()).hasSize(900);
    }

    @Test
    void isToBeTriedAgainWhenTheConnectionIsLost() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY)",
                "INSERT INTO " + table + " SELECT generate_series(1, 10)");
        QueryReading reading = new QueryReading(
                server,
                Map.of("table", table, "key", List.of("id"), "follow", true, "interval", "10ms", "user", "postgres"));
        try (Source source = reading.open()) {
            Partition partition = source.discover(NOW).partitions().get(0);
            try (SourcePartition reader = reading.reader(source, partition)) {
                assertThat(reading.next(reader, partition.id(), 10)).hasSize(10);
                server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'penstock test/query'");
                assertThat(awaitFailure(reader)).isInstanceOf(RetryableException.class);
            }
            server.run("INSERT INTO " + table + " VALUES (11)");
            try (SourcePartition reader = reading.reader(source, partition)) {
                assertThat(reading.next(reader, partition.id(), 1))
                        .extracting(row -> row.get("id"))
                        .containsExactly(11);
            }
        }
    }

    private static RuntimeException awaitFailure(SourcePartition reader) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                QueryReading.poll(reader);
            } catch (RuntimeException e) {
                return e;
            }
        }
        throw new AssertionError("reading went on without a connection");
    }
}
