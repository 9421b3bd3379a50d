package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs that end behind one that followed: they have what was committed when they began. */
@Timeout(120)
@ExtendWith(ChangedServer.Shared.class)
final class QueryRoundTest {
    private static final Duration NOW = Duration.ofSeconds(10);
    private static final Map<String, Object> ENDS = Map.of("follow", false);

    private final ChangedServer server;
    private final String table = ChangedServer.name();

    QueryRoundTest(ChangedServer server) {
        this.server = server;
    }

    private QueryReading following(int partitions) {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY)",
                "INSERT INTO " + table + " SELECT generate_series(1, 100)");
        return new QueryReading(
                server,
                Map.of(
                        "table",
                        table,
                        "key",
                        List.of("id"),
                        "partitions",
                        partitions,
                        "follow",
                        true,
                        "interval",
                        "10ms",
                        "statement-rows",
                        9));
    }

    /** Takes 7 rows, or fewer, from a partition, and keeps where it stands. */
    private static void take(QueryReading reading, SourcePartition reader, String id, Set<Object> seen) {
        Poll poll = reader.poll(7, 1 << 20, NOW);
        while (!(poll instanceof Poll.Rows)) {
            poll = reader.poll(7, 1 << 20, NOW);
        }
        Poll.Rows rows = (Poll.Rows) poll;
        for (int row = 0; row < rows.rows().rowCount(); row++) {
            assertThat(seen.add(rows.rows().row(row).get("id"))).isTrue();
        }
        reading.keep(id, rows.after());
    }

    @Test
    void readsOnBehindARoundThatWasInterrupted() {
        QueryReading reading = following(1);
        Set<Object> seen = new HashSet<>();
        try (Source source = reading.open()) {
            Partition partition = source.discover(NOW).partitions().get(0);
            try (SourcePartition reader = reading.reader(source, partition)) {
                take(reading, reader, partition.id(), seen);
            }
        }
        assertEndsWithAll(reading, seen);
    }

    /** The last range has nothing left of its round when the others do. */
    @Test
    void readsOnBehindARoundThatIsOver() {
        QueryReading reading = following(2);
        Set<Object> seen = new HashSet<>();
        try (Source source = reading.open()) {
            List<Partition> partitions = source.discover(NOW).partitions();
            try (SourcePartition first = reading.reader(source, partitions.get(0));
                    SourcePartition last = reading.reader(source, partitions.get(1))) {
                take(reading, first, partitions.get(0).id(), seen);
                ChangeReading.Read read = ChangeReading.rows(last, 50);
                read.rows().forEach(row -> assertThat(seen.add(row.get("id"))).isTrue());
                assertThat(QueryReading.poll(last))
                        .isInstanceOfSatisfying(
                                Poll.Idle.class,
                                idle -> reading.keep(partitions.get(1).id(), idle.position()));
            }
        }
        assertEndsWithAll(reading, seen);
    }

    private void assertEndsWithAll(QueryReading reading, Set<Object> seen) {
        server.run("INSERT INTO " + table + " SELECT generate_series(101, 120)");
        reading.run(ENDS).forEach(row -> assertThat(seen.add(row.get("id"))).isTrue());
        assertThat(seen).hasSize(120);
        assertThat(reading.run(ENDS)).isEmpty();
        server.run("INSERT INTO " + table + " VALUES (121)");
        assertThat(reading.run(ENDS)).hasSize(1);
    }
}
