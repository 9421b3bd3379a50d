package dev.penstock.connector.iceberg;

import static dev.penstock.connector.iceberg.ChangedOrders.batch;
import static dev.penstock.connector.iceberg.ChangedOrders.deleted;
import static dev.penstock.connector.iceberg.ChangedOrders.inserted;
import static dev.penstock.connector.iceberg.ChangedOrders.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.Routing;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes by key, read back by Iceberg's generic reader. */
class UpsertTest {
    private static final int KEYS = 200;
    private static final int EPOCHS = 4;

    @TempDir
    private Path warehouse;

    private final SortedMap<Long, String> expected = new TreeMap<>();

    private ChangedOrders orders() {
        return new ChangedOrders(warehouse, Map.of());
    }

    /** Random changes, which are made in {@link #expected} too. */
    private RecordBatch changes(Random random, int count) {
        Row[] rows = new Row[count];
        for (int i = 0; i < count; i++) {
            long id = random.nextInt(KEYS);
            String status = "status " + random.nextInt(5);
            if (random.nextInt(5) == 0) {
                rows[i] = deleted(id);
                expected.remove(id);
            } else {
                rows[i] = expected.put(id, status) == null ? inserted(id, status) : updated(id, status);
            }
        }
        return batch(rows);
    }

    private List<Prepared> epoch(TestSink sink, Random random) {
        return sink.prepared(changes(random, 150), changes(random, 1), changes(random, 150));
    }

    @Test
    void insertsUpdatesAndDeletes() {
        try (TestSink sink = orders().first()) {
            sink.commit(sink.prepared(
                    batch(inserted(1, "new"), inserted(2, "new").with(Operation.READ), inserted(3, "new"))));
            sink.commit(sink.prepared(batch(updated(1, "paid"), deleted(2), deleted(4), updated(5, "paid"))));
        }
        assertThat(orders().statuses()).isEqualTo(Map.of(1L, "paid", 3L, "new", 5L, "paid"));
    }

    /** Partitioned by the key, by what changes, and not; in segments of some tens of rows, and of whole epochs. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                             | 24KiB | 2
                                             | 24KiB | 3
                    bucket(4, id)            | 64MiB | 2
                    bucket(4, id)            | 24KiB | 3
                    status                   | 64MiB | 2
                    status; bucket(2, id)    | 24KiB | 2
                    """)
    void holdsTheLastRowOfEveryKey(@Nullable String partitions, String buffer, String version) {
        Map<String, Object> settings = Map.of(
                "partition-by",
                partitions == null ? List.of() : List.of(partitions.split("; ")),
                "write-buffer",
                buffer,
                "table-properties",
                Map.of("format-version", version));
        ChangedOrders orders = new ChangedOrders(warehouse, settings);
        Random random = new Random(settings.hashCode());
        try (TestSink sink = orders.first()) {
            for (int i = 0; i < EPOCHS; i++) {
                assertThat(sink.commit(epoch(sink, random))).isEqualTo(Outcome.COMMITTED);
                assertThat(orders.statuses()).isEqualTo(expected);
            }
        }
    }

    @Test
    void commitsChangesOfSeveralEpochsInTheirOrderAtOnce() {
        Random random = new Random(7);
        try (TestSink sink = orders().first()) {
            List<Prepared> handles = new ArrayList<>();
            for (int i = 0; i < EPOCHS; i++) {
                handles.addAll(epoch(sink, random));
            }
            assertThat(orders().statuses()).isEmpty();
            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(orders().statuses()).isEqualTo(expected);
    }

    /** What is changed again within an epoch is not even written, and one file of a kind is, however many batches. */
    @Test
    void writesOneRowOfEachKeyOfAnEpoch() {
        try (TestSink sink = orders().first()) {
            List<Prepared> handles =
                    sink.prepared(batch(inserted(1, "new")), batch(updated(1, "paid")), batch(updated(1, "sent")));
            sink.commit(handles);
        }
        assertThat(orders().statuses()).isEqualTo(Map.of(1L, "sent"));
        assertThat(orders().table().dataFiles().orElseThrow()).hasSize(1);
        assertThat(orders().table().deleteFiles()).hasSize(1);
        assertThat(orders().table().with(table -> table.currentSnapshot().summary()))
                .hasValueSatisfying(summary -> assertThat(summary)
                        .containsEntry("added-records", "1")
                        .containsEntry("added-equality-deletes", "1"));
    }

    @Test
    void removesTheRowOfAKeyThatAnUpdateChanged() {
        try (TestSink sink = orders().first()) {
            sink.commit(sink.prepared(batch(inserted(1, "new"))));
            sink.commit(sink.prepared(batch(updated(2, "new")).withBefore(batch(inserted(1, "new")))));
        }
        assertThat(orders().statuses()).isEqualTo(Map.of(2L, "new"));
    }

    @Test
    void deletesByOtherColumnsThanTheKey() {
        WriteMode mode = new WriteMode(WriteMode.Kind.UPSERT, List.of("id"), List.of("status"));
        TestSink.Setup setup = new TestSink.Setup(warehouse, Map.of(), ChangedOrders.SCHEMA, mode);
        Row lost = Row.of(ChangedOrders.SCHEMA, null, "lost", null).with(Operation.DELETE);
        try (TestSink sink = setup.start(1, -1)) {
            sink.commit(sink.prepared(batch(inserted(1, "lost"), inserted(2, "new"), inserted(3, "lost"))));
            sink.commit(sink.prepared(batch(inserted(4, "lost"), lost, inserted(3, "lost"), updated(2, "paid"))));
        }
        assertThat(orders().statuses()).isEqualTo(Map.of(2L, "paid", 3L, "lost"));
    }

    /** Two rows of a key with different values in the other column would else come to two writers. */
    @Test
    void hasOneWriterIfTheKeyDoesNotTellWhatDeletesGoBy() {
        assertThat(routing(List.of("id"), List.of("status"))).isEqualTo(new Routing.Single());
        assertThat(routing(List.of("id", "status"), List.of("status"))).isEqualTo(new Routing.ByKey(List.of("status")));
    }

    private Routing routing(List<String> key, List<String> deleteBy) {
        WriteMode mode = new WriteMode(WriteMode.Kind.UPSERT, key, deleteBy);
        Map<String, Object> settings = Map.of("table", "shop.by_" + key.size());
        try (TestSink sink = new TestSink.Setup(warehouse, settings, ChangedOrders.SCHEMA, mode).start(1, -1)) {
            return sink.sink().routing();
        }
    }

    @Test
    void rejectsRowsOfWhichTheKeyOrAValueIsNotKnown() {
        Row keyless = Row.of(ChangedOrders.SCHEMA, null, "new", 1);
        RecordBatch rows = batch(inserted(1, "new"), keyless, keyless.with(Operation.DELETE), updated(2, "x"));
        ColumnBuilder statuses = ColumnBuilder.of(DataType.STRING, 4);
        statuses.appendAll(rows.column("status"), 0, 3);
        statuses.appendUnchanged();
        RecordBatch partial =
                rows.withColumns(rows.schema(), List.of(rows.column("id"), statuses.build(), rows.column("amount")));
        try (TestSink sink = orders().first()) {
            sink.writer().begin(new EpochId("run-1", 1));
            assertThat(sink.writer().write(partial).rejected())
                    .extracting(RejectedRow::index, RejectedRow::reason)
                    .containsExactly(
                            tuple(1, "column 'id' has no value"),
                            tuple(2, "column 'id', which deletes go by, has no value"),
                            tuple(
                                    3,
                                    "column 'status' keeps the value it had, which is not known here; have the source"
                                            + " send whole rows (PostgreSQL: REPLICA IDENTITY FULL)"));
        }
    }

    @Test
    void identifiesTheRowsOfANewTableByTheKey() {
        orders().first().close();
        assertThat(orders().table().with(table -> table.schema().identifierFieldNames()))
                .hasValueSatisfying(names -> assertThat(names).containsExactly("id"));
        SinkPlan other = new TestSink.Setup(
                        warehouse, Map.of(), ChangedOrders.SCHEMA, WriteMode.upsert(List.of("status")))
                .plan();
        assertThat(other)
                .isInstanceOfSatisfying(
                        SinkPlan.Reject.class,
                        reject -> assertThat(reject.problems().get(0).toString())
                                .contains("is [status], and rows of the table are identified by [id]"));
    }

    @Test
    void changesATableThatSaysNothingOfItsKey() {
        new TestSink.Setup(warehouse, Map.of(), ChangedOrders.SCHEMA, WriteMode.append())
                .start(1, -1)
                .close();
        orders().table().append(1);
        try (TestSink sink = orders().start(2, -1)) {
            sink.commit(sink.prepared(batch(updated(1, "paid"))));
        }
        assertThat(orders().statuses()).isEqualTo(Map.of(1L, "paid"));
    }
}
