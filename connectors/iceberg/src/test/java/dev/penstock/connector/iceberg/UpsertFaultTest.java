package dev.penstock.connector.iceberg;

import static dev.penstock.connector.iceberg.ChangedOrders.deleted;
import static dev.penstock.connector.iceberg.ChangedOrders.inserted;
import static dev.penstock.connector.iceberg.ChangedOrders.updated;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.connector.iceberg.LyingDriver.Lie;
import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.connector.iceberg.io.LocalFileIO;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of updates and deletes when the catalog, other writers or people do what they may. */
class UpsertFaultTest {
    @TempDir
    private Path warehouse;

    private ChangedOrders orders() {
        return new ChangedOrders(warehouse, Map.of());
    }

    private TestTable table() {
        return orders().table();
    }

    /** Two epochs, the second of which changes rows of the first. */
    private static List<Prepared> twoEpochs(TestSink sink) {
        List<Prepared> handles = new ArrayList<>();
        handles.addAll(sink.prepared(ChangedOrders.batch(inserted(1, "new"), inserted(2, "new"), inserted(3, "new"))));
        handles.addAll(sink.prepared(ChangedOrders.batch(updated(1, "paid"), deleted(2))));
        return handles;
    }

    private static final Map<Long, String> AFTER_BOTH = Map.of(1L, "paid", 3L, "new");

    @ParameterizedTest
    @CsvSource({"08006, true", "HY000, true", "HY000, false"})
    void commitsTwoEpochsOnceWhateverTheCatalogSays(String state, boolean applied) {
        try (TestSink sink = orders().first()) {
            List<Prepared> handles = twoEpochs(sink);
            LyingDriver.tell(Lie.saying(state, applied).then(() -> table().append(100)));

            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
            assertThat(LyingDriver.told()).isTrue();
        }
        assertThat(orders().statuses()).containsAllEntriesOf(AFTER_BOTH).containsOnlyKeys(1L, 3L, 100L);
    }

    @Test
    void findsItsCommitAfterItsSnapshotsHaveExpired() {
        List<Prepared> handles;
        try (TestSink sink = orders().first()) {
            handles = twoEpochs(sink);
            sink.commit(handles);
        }
        table().append(100);
        table().expire();
        try (TestSink sink = orders().start(2, 2)) {
            assertThat(sink.commit(handles)).isEqualTo(Outcome.ALREADY_COMMITTED);
        }
        assertThat(orders().statuses()).containsAllEntriesOf(AFTER_BOTH).containsOnlyKeys(1L, 3L, 100L);
    }

    @Test
    void replacesARowThatSomebodyAddedBeforeTheCommitAndLeavesOneThatCameAfter() {
        try (TestSink sink = orders().first()) {
            List<Prepared> handles = twoEpochs(sink);
            LyingDriver.tell(Lie.first(() -> {
                table().append(1);
                table().append(2);
                table().append(3);
            }));
            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
            assertThat(orders().statuses()).isEqualTo(AFTER_BOTH);
        }
        table().append(2);
        assertThat(orders().statuses()).containsOnlyKeys(1L, 2L, 3L);
    }

    @Test
    void changesRowsThatWereCompactedBeforeTheCommit() {
        try (TestSink sink = orders().first()) {
            sink.commit(sink.prepared(ChangedOrders.batch(inserted(1, "new"), inserted(2, "new"), inserted(3, "new"))));
            sink.commit(sink.prepared(ChangedOrders.batch(updated(3, "sent"))));
            List<Prepared> handles = sink.prepared(ChangedOrders.batch(updated(1, "paid"), deleted(2)));
            table().compact();

            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(orders().statuses()).isEqualTo(Map.of(1L, "paid", 3L, "sent"));
    }

    @Test
    void changesRowsThatAreBeingCompacted() {
        try (TestSink sink = orders().first()) {
            sink.commit(sink.prepared(ChangedOrders.batch(inserted(1, "new"), inserted(2, "new"), inserted(3, "new"))));
            sink.commit(sink.prepared(ChangedOrders.batch(updated(3, "sent"))));
            List<Prepared> handles = sink.prepared(ChangedOrders.batch(updated(1, "paid"), deleted(2)));

            table().compact(() -> assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED));
        }
        assertThat(orders().statuses()).isEqualTo(Map.of(1L, "paid", 3L, "sent"));
    }

    /** Deletes of a partition do not reach rows that somebody moved into a partition of another kind. */
    @Test
    void reachesRowsThatWereMovedToOtherPartitionsBeforeTheCommit() {
        ChangedOrders orders = new ChangedOrders(warehouse, Map.of("partition-by", List.of("bucket(4, id)")));
        try (TestSink sink = orders.first()) {
            sink.commit(sink.prepared(ChangedOrders.batch(inserted(1, "new"), inserted(2, "new"), inserted(3, "new"))));
            List<Prepared> handles = sink.prepared(ChangedOrders.batch(updated(1, "paid"), deleted(2)));
            table().with(table -> {
                table.updateSpec().removeField("id_bucket").commit();
                return true;
            });
            table().compact();

            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
            assertThat(orders.statuses()).isEqualTo(AFTER_BOTH);
            sink.commit(sink.prepared(ChangedOrders.batch(updated(1, "sent"), updated(3, "sent"))));
        }
        assertThat(orders.statuses()).isEqualTo(Map.of(1L, "sent", 3L, "sent"));
    }

    /** Its files say so, and deletes that name no partition are written for no spec of it. */
    @Test
    void changesRowsOfATableWhoseOnlySpecIsNotItsFirst() {
        Schema columns = new Schema(
                Types.NestedField.required(1, "id", Types.LongType.get()),
                Types.NestedField.optional(2, "status", Types.StringType.get()),
                Types.NestedField.optional(3, "amount", Types.IntegerType.get()));
        PartitionSpec former =
                PartitionSpec.builderFor(columns).identity("status").build();
        table().create(columns, former, Map.of("format-version", "2"));
        table().with(table -> {
            table.updateSpec().removeField("status").commit();
            table.expireSnapshots().cleanExpiredMetadata(true).commit();
            return true;
        });
        assertThat(table().with(table -> table.specs().keySet())).hasValue(Set.of(1));
        try (TestSink sink = orders().first()) {
            assertThat(sink.commit(twoEpochs(sink))).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(orders().statuses()).isEqualTo(AFTER_BOTH);
    }

    @Test
    void saysThatWorkIsLostWhoseDeletesAreGone() {
        try (TestSink sink = orders().first()) {
            sink.commit(sink.prepared(ChangedOrders.batch(inserted(1, "new"))));
            List<Prepared> handles = sink.prepared(ChangedOrders.batch(deleted(1)));
            Handle handle =
                    Handle.of(HandleId.of(handles.get(0)), handles.get(0).handle());
            new LocalFileIO().deleteFile(handle.locations().get(0));

            assertThat(sink.commit(handles)).isEqualTo(Outcome.LOST);
        }
        assertThat(orders().statuses()).isEqualTo(Map.of(1L, "new"));
    }

    @Test
    void removesFilesOfDeletesThatWereNeverPrepared() throws IOException {
        ChangedOrders orders = new ChangedOrders(warehouse, Map.of("write-buffer", "8KiB"));
        TestSink killed = orders.first();
        killed.writer().begin(new EpochId("run-1", 1));
        killed.writer().write(ChangedOrders.many(500));
        assertThat(files()).isGreaterThan(1);

        orders.start(2, 0).close();
        assertThat(files()).isZero();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.walk(warehouse.resolve("shop/orders/data"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    /** Handles of the release before have no segments, and may wait in its state to be committed by this one. */
    @Test
    void commitsAHandleOfTheReleaseBefore() throws IOException {
        try (TestSink sink = TestSink.start(warehouse, 1, -1)) {
            Prepared now = sink.prepared(1, 2).get(0);
            ObjectMapper json = new ObjectMapper();
            ObjectNode root = (ObjectNode) json.readTree(
                    new GZIPInputStream(new ByteArrayInputStream(now.handle().bytes())));
            root.set("files", root.remove("segments").get(0).get("files"));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
                packed.write(json.writeValueAsBytes(root));
            }
            Prepared before = new Prepared(
                    now.epoch(), now.writer(), new ResumeState(1, bytes.toByteArray()), now.rows(), now.bytes());

            assertThat(sink.commit(List.of(before))).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(table().ids()).containsExactly(1L, 2L);
    }
}
