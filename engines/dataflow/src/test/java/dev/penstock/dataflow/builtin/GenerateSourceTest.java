package dev.penstock.dataflow.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.ManualClock;
import dev.penstock.dataflow.TestContext;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.StateVersionException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GenerateSourceTest {
    private static final Map<String, String> ALL =
            Map.of("a", "sequence", "b", "int64", "c", "float64", "d", "boolean", "e", "string", "f", "timestamp");
    private final ManualClock clock = new ManualClock();

    private Source source(Map<String, Object> settings) {
        GenerateConnector connector = new GenerateConnector();
        Config config = connector
                .descriptor()
                .spec(Role.SOURCE)
                .orElseThrow()
                .parse(settings)
                .orThrow();
        Source source = connector.source(config);
        source.open(new TestContext(Path.of(""), clock));
        return source;
    }

    private static List<Row> read(Source source, Partition partition, Optional<ResumeState> from, int batch) {
        List<Row> rows = new ArrayList<>();
        try (SourcePartition reader = source.partition(partition, from)) {
            while (reader.poll(batch, 1 << 20, Duration.ZERO) instanceof Poll.Rows found) {
                rows.addAll(found.rows().toRows());
            }
        }
        return rows;
    }

    @Test
    void numbersRowsAcrossPartitions() {
        Source source = source(Map.of("rows", 10, "partitions", 3, "columns", Map.of("id", "sequence")));
        List<Long> ids = new ArrayList<>();
        for (Partition partition : source.discover(Duration.ZERO).partitions()) {
            read(source, partition, Optional.empty(), 2).forEach(row -> ids.add(row.get("id", Long.class)));
        }
        assertThat(ids).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void givesTheSameRowsWhateverTheBatch() {
        Source source = source(Map.of("rows", 100, "columns", ALL));
        Partition partition = Partition.of("0", true);
        assertThat(read(source, partition, Optional.empty(), 7))
                .isEqualTo(read(source, partition, Optional.empty(), 100));
        assertThat(read(source(Map.of("rows", 100, "columns", ALL, "seed", 1)), partition, Optional.empty(), 100))
                .isNotEqualTo(read(source, partition, Optional.empty(), 100));
    }

    @Test
    void resumesAfterTheLastRow() {
        Source source = source(Map.of("rows", 10, "columns", ALL));
        Partition partition = Partition.of("0", true);
        List<Row> all = read(source, partition, Optional.empty(), 100);
        Poll.Rows first;
        try (SourcePartition reader = source.partition(partition, Optional.empty())) {
            first = (Poll.Rows) reader.poll(4, 1 << 20, Duration.ZERO);
        }
        assertThat(read(source, partition, Optional.of(first.after()), 3)).isEqualTo(all.subList(4, 10));
        assertThat(source.describe(first.after())).containsEntry("rows", "4");
    }

    @Test
    void goesOnWhenThereAreMoreRowsThanBefore() {
        Partition partition = Partition.of("0", true);
        Poll.End end;
        try (SourcePartition reader = source(Map.of("rows", 0)).partition(partition, Optional.empty())) {
            end = (Poll.End) reader.poll(4, 1 << 20, Duration.ZERO);
        }
        assertThat(read(source(Map.of("rows", 5)), partition, Optional.of(end.last()), 3))
                .hasSize(5);
    }

    @Test
    void refusesStatesOfOtherPartitionsOrReleases() {
        ResumeState state = new GeneratePosition(7, 2).state();
        Source source = source(Map.of("partitions", 3));
        assertThatThrownBy(() -> source.partition(Partition.of("1", false), Optional.of(state)))
                .isInstanceOf(ResumeLostException.class)
                .hasMessage(
                        "Cannot resume partition '1' at row 7: its rows were dealt out to 2 partitions and now to 3;"
                                + " set partitions to 2 again, or reset the state of the step");
        assertThatThrownBy(
                        () -> source.partition(Partition.of("1", false), Optional.of(new ResumeState(2, new byte[12]))))
                .isInstanceOf(StateVersionException.class);
        assertThatThrownBy(
                        () -> source.partition(Partition.of("1", false), Optional.of(new ResumeState(1, new byte[3]))))
                .isInstanceOf(StateVersionException.class);
    }

    @Test
    void keepsToItsRate() {
        Source source = source(Map.of("rate", 100));
        try (SourcePartition reader = source.partition(Partition.of("0", false), Optional.empty())) {
            assertThat(reader.poll(1000, 1 << 20, Duration.ZERO))
                    .isInstanceOfSatisfying(
                            Poll.Idle.class,
                            idle -> assertThat(idle.retryAfter()).isEqualTo(Duration.ofMillis(10)));
            clock.advance(Duration.ofMillis(250));
            assertThat(reader.poll(1000, 1 << 20, Duration.ZERO))
                    .isInstanceOfSatisfying(
                            Poll.Rows.class,
                            rows -> assertThat(rows.rows().rowCount()).isEqualTo(25));
            assertThat(reader.poll(1000, 1 << 20, Duration.ZERO)).isInstanceOf(Poll.Idle.class);
        }
    }

    @Test
    void givesNoMoreThanItIsAskedFor() {
        Source source = source(Map.of("columns", Map.of("id", "sequence")));
        try (SourcePartition reader = source.partition(Partition.of("0", false), Optional.empty())) {
            assertThat(((Poll.Rows) reader.poll(1000, 80, Duration.ZERO)).rows().rowCount())
                    .isEqualTo(10);
            assertThat(((Poll.Rows) reader.poll(1000, 1, Duration.ZERO)).rows().rowCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void saysWhereRowsCameFrom() {
        Source source = source(Map.of("partitions", 2));
        try (SourcePartition reader = source.partition(Partition.of("1", false), Optional.empty())) {
            RecordBatch rows = ((Poll.Rows) reader.poll(10, 1 << 20, Duration.ZERO)).rows();
            assertThat(rows.origin().partition(3)).isEqualTo("1");
            assertThat(rows.origin().position(3)).isEqualTo("row 3");
            assertThat(((LongColumn) rows.column("id")).values()).startsWith(1, 3, 5);
        }
    }

    @Test
    void refusesColumnsItCannotMake() {
        assertThatThrownBy(() -> source(Map.of("columns", Map.of("x", "sequense"))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("columns.x: 'sequense' cannot be generated; did you mean 'sequence'?");
    }
}
