package dev.penstock.examples.debezium;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.penstock.engine.embedded.RunReport;
import dev.penstock.spi.DataException;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that a real Debezium made of a real PostgreSQL, read from a real Kafka by pipelines. */
@Timeout(240)
@ExtendWith(ChangedDatabase.Shared.class)
class DebeziumEventsTest {
    private final ChangedDatabase database;

    @TempDir
    private Path directory;

    DebeziumEventsTest(ChangedDatabase database) {
        this.database = database;
    }

    private Running pipeline() {
        return new Running(directory, database.bootstrapServers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "typed"})
    void changesAddUpToTheTable(String prefix) throws Exception {
        RecordBatch rows = pipeline().all("""
                topics: %s.public.orders
                format: debezium
                columns: { id: int64!, customer: string, amount: 'decimal(10,2)', placed: timestamp, paid: boolean }
                """.formatted(prefix));

        Map<Object, List<@Nullable Object>> table = new TreeMap<>();
        for (Row row : rows.toRows()) {
            if (row.operation() == Operation.DELETE) {
                assertThat(table.remove(row.get("id"))).isNotNull();
            } else {
                table.put(row.get("id", Long.class), row.values());
            }
        }
        assertThat(table).hasSizeGreaterThan(250).isEqualTo(database.orders());
    }

    @Test
    void rowsAreKnownAsTheyWereBefore() throws Exception {
        RecordBatch rows = pipeline().all("""
                topics: typed.public.whole
                format: debezium
                columns: { id: int32, name: string }
                """);

        RecordBatch before = rows.before().orElseThrow();
        assertThat(rows.toRows())
                .extracting(Row::operation, row -> row.get("id"), row -> row.get("name"))
                .startsWith(
                        tuple(Operation.READ, 1, "one"),
                        tuple(Operation.UPDATE, 1, "two"),
                        tuple(Operation.DELETE, 1, "two"),
                        tuple(Operation.INSERT, 7, "a"));
        assertThat(before.toRows()).extracting(row -> row.get("name")).startsWith(null, "one", "two", null);
    }

    @Test
    void valuesThatDidNotChangeAreMarkedAndNeverNull() throws Exception {
        RecordBatch rows = pipeline().all("""
                topics: plain.public.large
                format: debezium
                columns:
                  id: int32
                  doc: string
                  bin: bytes
                  js: json
                  texts: list<string>
                  ints: list<int32>
                  longs: list<int64>
                  uuids: list<uuid>
                  hs: map<string,string>
                """);

        assertThat(rows.columns()).noneMatch(column -> column.isNull(0));
        assertThat(rows.columns().subList(1, rows.columns().size()))
                .allMatch(column -> column.isUnchanged(1) && column.value(1) == null);
        assertThat(rows.column("id").isUnchanged(1)).isFalse();
        assertThat(rows.column("doc").isUnchanged(2)).isFalse();
        assertThat(rows.column("doc").isNull(2)).isTrue();
        assertThat(rows.column("bin").isUnchanged(2)).isTrue();
        assertThat(rows.column("bin").isUnchanged(3)).isFalse();
    }

    @Test
    void refusesToTellASinkThatAValueIsNullWhenItIsNot() {
        Running pipeline = pipeline().intoPlainSink();

        assertThatThrownBy(() -> pipeline.all(
                        "topics: plain.public.large\nformat: debezium\ncolumns: { id: int32, doc: string }"))
                .hasRootCauseInstanceOf(DataException.class)
                .hasMessageContaining(
                        "column 'doc': its value did not change and is not known, and this step needs it");
    }

    @Test
    void tellsWhereAChangeComesFrom() throws Exception {
        RecordBatch rows = pipeline().all("""
                topics: plain.public.whole
                format:
                  type: debezium
                  metadata: [source-time, read-time, connector, name, database, schema, table, snapshot, lsn,
                    transaction-number, source, transaction, transaction-order, table-order]
                  truncates: ignore
                columns: { id: int32 }
                """);

        Row snapshot = rows.row(0);
        assertThat(snapshot.values()).contains("postgresql", "plain", "postgres", "public", "whole");
        assertThat(snapshot.get("debezium_snapshot")).isNotEqualTo("false");
        assertThat(snapshot.get("debezium_transaction")).isNull();
        Row first = rows.row(3);
        Row second = rows.row(4);
        assertThat(List.of(first.get("id", Integer.class), second.get("id", Integer.class)))
                .containsExactly(7, 8);
        assertThat(second.get("debezium_transaction_number")).isEqualTo(first.get("debezium_transaction_number"));
        assertThat(first.get("debezium_transaction_order")).isEqualTo(1L);
        assertThat(second.get("debezium_transaction_order")).isEqualTo(2L);
        assertThat(second.get("debezium_table_order")).isEqualTo(2L);
        assertThat(second.get("debezium_lsn", Long.class)).isGreaterThan(first.get("debezium_lsn", Long.class));
        assertThat(first.get("debezium_source", String.class)).startsWith("{").contains("\"lsn\":");
        assertThat(rows.eventTimes()).isPresent();
        assertThat(rows.column("debezium_source_time").isNull(3)).isFalse();
        assertThat(rows.column("debezium_read_time").isNull(3)).isFalse();
    }

    @Test
    void columnsAddedLaterAreNullBeforeAndReadFromThenOn() throws Exception {
        RecordBatch rows = pipeline().all("""
                topics: typed.public.whole
                format: debezium
                columns: { id: int32, extra: int32 }
                """);

        assertThat(rows.toRows())
                .extracting(row -> row.get("id"), row -> row.get("extra"))
                .contains(tuple(8, null), tuple(9, 6), tuple(-1, 5));
    }

    @Test
    void columnsAddedLaterStopThePipelineIfThatIsWanted() {
        assertThatThrownBy(() -> pipeline().all("""
                        topics: typed.public.whole
                        format: { type: debezium, unknown-fields: reject }
                        columns: { id: int32, name: string }
                        """)).hasMessageContaining("field 'extra' is not a column");
    }

    @Test
    void theTruncationOfATableIsNotPassedOverUnlessThatIsWanted() {
        assertThatThrownBy(() -> pipeline().all("""
                        topics: plain.public.whole
                        format: debezium
                        columns: { id: int32 }
                        """)).hasMessageContaining("the table was truncated");
    }

    @Test
    void whatIsNoChangeOfARowIsPassedOver() throws Exception {
        RecordBatch rows = pipeline().until(batch -> count(batch, -1) == 4, """
                topic-pattern: plain\\..*|__debezium-heartbeat\\..*
                start: earliest
                format: { type: debezium, truncates: ignore, metadata: [table] }
                columns: { id: int64! }
                """);

        assertThat(rows.toRows())
                .extracting(row -> row.get("debezium_table"))
                .containsOnly("kinds", "orders", "large", "whole");
    }

    @Test
    void thePipelineOfTheExampleWritesTheChangesToFiles() throws Exception {
        Path files = directory.resolve("orders");
        RunReport report = Running.run(
                Path.of("pipeline.yaml"),
                Map.of("BOOTSTRAP_SERVERS", database.bootstrapServers()),
                List.of(
                        "source.topics=typed.public.orders",
                        "source.follow=false",
                        "sinks.0.path=" + files,
                        "checkpoint.state=" + directory.resolve("state")));

        assertThat(requireNonNull(report.totals().steps().get("files")).rowsOut())
                .isGreaterThan(300);
        try (Stream<Path> written = Files.walk(files)) {
            List<Path> found = written.filter(Files::isRegularFile).toList();
            assertThat(Files.readAllLines(found.get(0)))
                    .first(STRING)
                    .startsWith("{\"before\":null,\"after\":{\"id\":1,\"customer\":\"customer 1\",\"amount\":\"fQ==\",")
                    .contains("\"op\":\"r\"", "\"table\":\"orders\"");
        }
    }

    private static long count(RecordBatch rows, long id) {
        return rows.toRows().stream()
                .filter(row -> row.get("id", Long.class) == id)
                .count();
    }

    @Test
    void tombstonesDeleteByKeyWhereThatIsWanted() throws Exception {
        RecordBatch rows = pipeline().all("""
                topics: typed.public.whole
                metadata: [key]
                format: { type: debezium, key-column: kafka_key, tombstones: delete }
                columns: { id: int32!, name: string }
                """);

        assertThat(rows.toRows())
                .filteredOn(row -> row.operation() == Operation.DELETE)
                .extracting(row -> row.get("id"), row -> row.get("name"))
                .containsExactly(tuple(1, "two"), tuple(1, null));
    }
}
