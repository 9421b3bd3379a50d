package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceTest {
    @TempDir
    Path directory;

    private Source open(Map<String, Object> more) {
        return open(directory, more);
    }

    static Source open(Path directory, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("uri", "db", "table", "docs"));
        settings.putAll(more);
        Source source = new LanceConnector()
                .source(SourceSettings.spec().parse(settings).orThrow());
        source.open(new KitContext("pipeline", "lancedb", 1, directory));
        return source;
    }

    private void write(int epochs, int rows) {
        write(directory, epochs, rows);
    }

    /** Writes a table of one fragment for each epoch, with so many rows. */
    static void write(Path directory, int epochs, int rows) {
        try (Incarnation run = Incarnation.in(directory, AppendTest.SCHEMA)
                .set("compact-fragments", 0)
                .start()) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                run.write(epoch + 1, AppendTest.rows((long) epoch * rows, rows));
            }
        }
    }

    static List<Long> ids(List<Row> rows) {
        return rows.stream().map(row -> row.get("id", Long.class)).toList();
    }

    static List<Poll> read(SourcePartition reader, int maxRows) {
        List<Poll> polls = new ArrayList<>();
        do {
            polls.add(reader.poll(maxRows, Long.MAX_VALUE, Duration.ZERO));
        } while (!(polls.get(polls.size() - 1) instanceof Poll.End));
        return polls;
    }

    static List<Row> rows(List<Poll> polls) {
        return polls.stream()
                .flatMap(poll ->
                        poll instanceof Poll.Rows found ? found.rows().toRows().stream() : java.util.stream.Stream.of())
                .toList();
    }

    private static List<Row> readAll(Source source) {
        List<Row> rows = new ArrayList<>();
        for (Partition partition : source.discover(Duration.ofSeconds(1)).partitions()) {
            try (SourcePartition reader = source.partition(partition, Optional.empty())) {
                rows.addAll(rows(read(reader, 100)));
            }
        }
        return rows;
    }

    @Test
    void readsEachRowOnceFragmentByFragment() {
        write(3, 4);
        try (Source source = open(Map.of())) {
            assertThat(source.discover(Duration.ZERO).partitions())
                    .extracting(Partition::id)
                    .containsExactly("fragment-0", "fragment-1", "fragment-2");
            List<Row> rows = readAll(source);
            assertThat(ids(rows)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
            assertThat(rows).allMatch(row -> row.operation() == Operation.READ);
        }
    }

    @Test
    void readsTheSelectedColumnsOfRowsThatMeetTheFilter() {
        write(1, 10);
        try (Source source = open(Map.of("select", List.of("text"), "filter", "id % 2 = 1 AND id > 4"))) {
            assertThat(source.schema().names()).containsExactly("text");
            assertThat(readAll(source)).extracting(row -> row.get("text")).containsExactly("row 5", "row 7", "row 9");
        }
    }

    @Test
    void resumesAfterTheLastRowOfEveryBatch() {
        write(1, 20);
        try (Source source = open(Map.of("filter", "id <> 3"))) {
            Partition partition = source.discover(Duration.ZERO).partitions().get(0);
            List<Poll> polls;
            try (SourcePartition reader = source.partition(partition, Optional.empty())) {
                polls = read(reader, 3);
            }
            List<Row> all = rows(polls);
            assertThat(all).hasSize(19);
            for (int i = 0; i < polls.size(); i++) {
                ResumeState state =
                        polls.get(i) instanceof Poll.Rows found ? found.after() : ((Poll.End) polls.get(i)).last();
                try (SourcePartition reader = source.partition(partition, Optional.of(state))) {
                    assertThat(rows(read(reader, 7)))
                            .isEqualTo(all.subList(Math.min(all.size(), 3 * (i + 1)), all.size()));
                }
            }
        }
    }

    @Test
    void readsTheVersionThatIsAskedForAlthoughThereAreNewerOnes() {
        write(1, 2);
        long version = TableReading.version(directory);
        try (Incarnation run = Incarnation.in(directory, AppendTest.SCHEMA)
                .run("run2", 2)
                .restored(1)
                .start()) {
            run.write(2, AppendTest.rows(2, 5));
        }
        try (Source source = open(Map.of("version", version))) {
            assertThat(readAll(source)).hasSize(2);
        }
    }

    @Test
    void goesOnInTheVersionThatIsAskedForAlthoughTheTableWasCompactedMeanwhile() {
        write(3, 4);
        long version = TableReading.version(directory);
        ResumeState interrupted = new ReadPosition(version, 0, 2, false).toState();
        try (Incarnation run = Incarnation.in(directory, AppendTest.SCHEMA)
                .run("run2", 2)
                .restored(3)
                .set("compact-fragments", 1)
                .start()) {
            run.write(4, AppendTest.rows(12, 4));
        }
        try (Source newest = open(Map.of())) {
            assertThat(newest.discover(Duration.ZERO).partitions())
                    .extracting(Partition::id)
                    .doesNotContain("fragment-0");
        }
        List<Row> rows = new ArrayList<>();
        try (Source source = open(Map.of("version", version))) {
            for (Partition partition : source.discover(Duration.ZERO).partitions()) {
                Optional<ResumeState> from =
                        Optional.of(interrupted).filter(state -> partition.id().equals("fragment-0"));
                try (SourcePartition reader = source.partition(partition, from)) {
                    rows.addAll(rows(read(reader, 3)));
                }
            }
        }
        assertThat(ids(rows)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    }

    @Test
    void refusesToGoOnInAVersionThatWasCleanedAway() {
        write(1, 5);
        try (Source source = open(Map.of())) {
            Partition partition = source.discover(Duration.ZERO).partitions().get(0);
            ResumeState state = new ReadPosition(1, 0, 2, false).toState();
            RestoredSourceTest.cleanUp(directory);
            assertThatThrownBy(() -> source.partition(partition, Optional.of(state)))
                    .isInstanceOf(ResumeLostException.class)
                    .hasMessageStartingWith("Cannot resume partition 'fragment-0' at row 2 of version 1:");
        }
    }

    @Test
    void endsAtOnceWhereItHadEndedBefore() {
        write(1, 5);
        try (Source source = open(Map.of())) {
            Partition partition = source.discover(Duration.ZERO).partitions().get(0);
            ResumeState end = new ReadPosition(1, 0, 5, true).toState();
            try (SourcePartition reader = source.partition(partition, Optional.of(end))) {
                assertThat(reader.poll(10, 1000, Duration.ZERO)).isEqualTo(new Poll.End(end));
                assertThat(reader.poll(10, 1000, Duration.ZERO)).isEqualTo(new Poll.End(end));
            }
        }
    }

    @Test
    void explainsWhatIsWrongWithItsSettings() {
        write(1, 1);
        assertThatThrownBy(() -> open(Map.of("select", "txt")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("select: the table has no column 'txt'; did you mean 'text'?");
        assertThatThrownBy(() -> open(Map.of("table", "other"))).hasMessageStartingWith("table: there is no table");
        assertThatThrownBy(() -> open(Map.of("version", 99))).hasMessageStartingWith("version: is 99, which");
        assertThatThrownBy(() -> open(Map.of("filter", "nope = 1"))).hasMessageStartingWith("filter: cannot be");
    }

    @Test
    void givesNoMoreRowsOrBytesThanAskedFor() {
        write(1, 10);
        try (Source source = open(Map.of())) {
            Partition partition = source.discover(Duration.ZERO).partitions().get(0);
            try (SourcePartition reader = source.partition(partition, Optional.empty())) {
                assertThat(((Poll.Rows) reader.poll(3, Long.MAX_VALUE, Duration.ZERO))
                                .rows()
                                .rowCount())
                        .isEqualTo(3);
                assertThat(((Poll.Rows) reader.poll(100, 1, Duration.ZERO))
                                .rows()
                                .rowCount())
                        .isEqualTo(1);
            }
        }
    }
}
