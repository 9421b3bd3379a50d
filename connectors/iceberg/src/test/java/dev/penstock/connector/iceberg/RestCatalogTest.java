package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.iceberg.LyingGateway.Lie;
import dev.penstock.connector.iceberg.io.LocalFileIO;
import dev.penstock.local.LocalIcebergCatalog;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in a catalog behind Iceberg's REST API: a real server, and a gateway before it that lies. */
class RestCatalogTest {
    private static LocalIcebergCatalog catalog;
    private static LyingGateway gateway;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        catalog = LocalIcebergCatalog.start();
        gateway = LyingGateway.before(catalog.uri());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        catalog.close();
    }

    private TestSink sink(String table, int generation, long restoredEpoch) {
        Map<String, Object> settings = Map.of("catalog", "rest", "uri", gateway.uri(), "table", "shop." + table);
        return TestSink.start(directory, settings, TestSink.SCHEMA, generation, restoredEpoch);
    }

    private static List<Long> ids(String table) {
        List<Long> ids = new ArrayList<>();
        try (RESTCatalog reading = new RESTCatalog()) {
            reading.initialize("test", Map.of("uri", catalog.uri(), "io-impl", LocalFileIO.class.getName()));
            try (CloseableIterable<Record> rows = IcebergGenerics.read(
                            reading.loadTable(TableIdentifier.of("shop", table)))
                    .build()) {
                rows.forEach(row -> ids.add((Long) row.getField("id")));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return ids.stream().sorted().toList();
    }

    @Test
    void appendsEachRowOnce() {
        List<Prepared> handles;
        try (TestSink sink = sink("orders", 1, -1)) {
            handles = sink.prepared(1, 2);
            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
            assertThat(sink.commit(sink.prepared(3))).isEqualTo(Outcome.COMMITTED);
        }
        try (TestSink next = sink("orders", 2, 2)) {
            assertThat(next.commit(handles)).isEqualTo(Outcome.ALREADY_COMMITTED);
        }
        assertThat(ids("orders")).containsExactly(1L, 2L, 3L);
    }

    /** 503 and 429 have the client repeat the request, which is a conflict then; after 504 nobody knows. */
    @ParameterizedTest
    @ValueSource(ints = {503, 429, 504})
    void findsItsCommitWhereTheGatewaySaysThatItFailed(int status) {
        String table = "lies_" + status;
        try (TestSink sink = sink(table, 1, -1)) {
            List<Prepared> handles = sink.prepared(1, 2);
            gateway.tell(new Lie(() -> {}, Optional.of(status)));

            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(ids(table)).containsExactly(1L, 2L);
    }

    @Test
    void fencesAnOlderIncarnationInTheMiddleOfItsCommit() {
        try (TestSink zombie = sink("fenced", 1, -1)) {
            List<Prepared> handles = zombie.prepared(1, 2);
            gateway.tell(new Lie(() -> sink("fenced", 2, 0).close(), Optional.empty()));

            assertThatThrownBy(() -> zombie.commit(handles)).isInstanceOf(FencedException.class);
        }
        assertThat(ids("fenced")).isEmpty();
    }

    /** Two snapshots at once, and deletes for which the table gets a spec without partitions first. */
    @ParameterizedTest
    @ValueSource(ints = {503, 504})
    void changesRowsOnceInWhateverPartitionTheyAre(int status) {
        String table = "changes_" + status;
        Map<String, Object> settings = Map.of(
                "catalog", "rest", "uri", gateway.uri(), "table", "shop." + table, "partition-by", List.of("status"));
        try (TestSink sink = new ChangedOrders(directory, settings).first()) {
            List<Prepared> handles = new ArrayList<>();
            handles.addAll(sink.prepared(
                    ChangedOrders.batch(ChangedOrders.inserted(1, "new"), ChangedOrders.inserted(2, "new"))));
            handles.addAll(sink.prepared(ChangedOrders.batch(
                    ChangedOrders.updated(1, "paid"), ChangedOrders.deleted(2), ChangedOrders.inserted(3, "new"))));
            gateway.tell(new Lie(() -> {}, Optional.of(status)));

            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(ids(table)).containsExactly(1L, 3L);
    }

    /** The catalog gets changes, not metadata, and nothing else tells it that the branch is another by now. */
    @Test
    void doesNotTakeABranchAwayThatIsCommittedToMeanwhile() throws IOException {
        try (TestSink sink = sink("branched", 1, -1)) {
            sink.commit(sink.prepared(1));
        }
        try (RESTCatalog other = new RESTCatalog()) {
            other.initialize("test", Map.of("uri", catalog.uri(), "io-impl", LocalFileIO.class.getName()));
            Table table = other.loadTable(TableIdentifier.of("shop", "branched"));
            table.manageSnapshots()
                    .createBranch("audit", table.currentSnapshot().snapshotId())
                    .setMaxRefAgeMs("audit", 1)
                    .commit();
            CommitTable expiring = new CommitTable(other.loadTable(TableIdentifier.of("shop", "branched")));
            expiring.refresh();
            table.newFastAppend().toBranch("audit").commit();

            assertThatThrownBy(() -> expiring.remove(Set.of(), Set.of("audit")))
                    .isInstanceOf(CommitFailedException.class);
            table.refresh();
            assertThat(table.refs()).containsKey("audit");
            expiring.refresh();
            expiring.remove(Set.of(), Set.of("audit"));
            table.refresh();
            assertThat(table.refs()).containsOnlyKeys("main");
        }
    }
}
