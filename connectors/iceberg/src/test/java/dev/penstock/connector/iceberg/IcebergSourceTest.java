package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.iceberg.conformance.GenericRecords;
import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.DataException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that Iceberg's own generic writer fills and its own operations change are read once, row by row. */
class IcebergSourceTest {
    private static final org.apache.iceberg.Schema COLUMNS = new org.apache.iceberg.Schema(
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.optional(2, "name", Types.StringType.get()));

    @TempDir
    Path warehouse;

    private TestTable table;

    @BeforeEach
    void makeTable() {
        table = new TestTable(warehouse, TableIdentifier.of("shop", "orders"));
        table.create(COLUMNS, PartitionSpec.unpartitioned(), Map.of("format-version", "2"));
    }

    private <T> T with(Function<Table, T> use) {
        return table.with(use).orElseThrow();
    }

    private static DataFile file(Table table, long from, long to) {
        Schema rows = Schema.of(
                dev.penstock.spi.data.Field.required("id", dev.penstock.spi.data.DataType.INT64),
                dev.penstock.spi.data.Field.of("name", dev.penstock.spi.data.DataType.STRING));
        List<Row> all = LongStream.range(from, to)
                .mapToObj(id -> Row.of(rows, id, id % 3 == 0 ? null : "order " + id))
                .toList();
        org.apache.iceberg.Schema columns = table.schema().select("id", "name");
        String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
        return TestTable.written(table, GenericRecords.of(columns, all), location, columns);
    }

    private long append(long from, long to) {
        return with(open -> {
            open.newFastAppend().appendFile(file(open, from, to)).commit();
            return open.currentSnapshot().snapshotId();
        });
    }

    private TestSource source(Map<String, Object> settings) {
        return new TestSource(warehouse, settings);
    }

    private static List<Long> ids(List<Row> rows) {
        return rows.stream().map(row -> (Long) row.get("id")).sorted().toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Test
    void readsWhatThereIsAndLaterWhatIsAppended() {
        append(0, 40);
        append(40, 41);
        TestSource source = source(Map.of());
        assertThat(ids(source.read())).isEqualTo(range(0, 41));
        assertThat(source.read()).isEmpty();
        append(41, 50);
        append(50, 60);
        assertThat(ids(source.read())).isEqualTo(range(41, 60));
    }

    @Test
    void goesOnInTheMiddleOfFiles() {
        for (long file = 0; file < 6; file++) {
            append(file * 30, file * 30 + 30);
        }
        TestSource source = source(Map.of("shards", 3));
        List<Row> rows = new ArrayList<>(source.read(2));
        append(180, 200);
        while (rows.size() < 200) {
            rows.addAll(source.read(1));
        }
        assertThat(ids(rows)).isEqualTo(range(0, 200));
        assertThat(source.read()).isEmpty();
    }

    @Test
    void beginsAllShardsAtOneSnapshotAcrossACompaction() {
        append(0, 30);
        append(30, 60);
        TestSource source = source(Map.of("shards", 2));
        List<Row> rows = new ArrayList<>(source.read(1));
        table.compact();
        append(60, 70);
        rows.addAll(source.read());
        assertThat(ids(rows)).isEqualTo(range(0, 70));
    }

    @Test
    void refusesDeletesAndOverwritesUnlessTheyAreLeftOut() {
        append(0, 10);
        TestSource careful = source(Map.of());
        TestSource skipping =
                source(Map.of("streaming-skip-delete-snapshots", true, "streaming-skip-overwrite-snapshots", true));
        careful.read();
        skipping.read();
        with(open -> {
            open.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
            open.newOverwrite()
                    .overwriteByRowFilter(Expressions.alwaysTrue())
                    .addFile(file(open, 10, 20))
                    .commit();
            return true;
        });
        append(20, 30);
        assertThatThrownBy(careful::read)
                .isInstanceOf(DataException.class)
                .hasMessageMatching(
                        "Cannot read snapshot \\d+ of table 'shop.orders': it deletes rows, and only appended"
                                + " rows are read; set streaming-skip-delete-snapshots: true to leave it out, or begin with a"
                                + " new state to read the table anew");
        assertThat(ids(skipping.read())).isEqualTo(range(20, 30));
    }

    @Test
    void saysThatItsSnapshotHasExpired() {
        append(0, 10);
        TestSource source = source(Map.of());
        source.read();
        append(10, 20);
        append(20, 30);
        table.expire();
        assertThatThrownBy(source::read)
                .isInstanceOf(ResumeLostException.class)
                .hasMessageMatching(
                        "Cannot resume partition 'shard-0-of-4' at the end of snapshot \\d+: that snapshot has"
                                + " expired, the oldest that can be read is \\d+; keep snapshots for longer than the pipeline"
                                + " may be down \\(history.expire.max-snapshot-age-ms, or a tag\\), or begin with a new state"
                                + " to read the table anew");
    }

    @Test
    void goesOnAfterASnapshotThatHasExpiredIfNoneIsMissingBehindIt() {
        append(0, 10);
        TestSource source = source(Map.of());
        source.read();
        append(10, 20);
        table.expire();
        assertThat(ids(source.read())).isEqualTo(range(10, 20));
    }

    @Test
    void saysThatTheBranchWasRolledBack() {
        long first = append(0, 10);
        append(10, 20);
        TestSource source = source(Map.of());
        source.read();
        with(open -> {
            open.manageSnapshots().rollbackTo(first).commit();
            return true;
        });
        append(20, 30);
        assertThatThrownBy(source::read)
                .isInstanceOf(ResumeLostException.class)
                .hasMessageContaining("branch 'main' does not have that snapshot in its history any more");
    }

    @Test
    void saysThatTheBranchWasRolledBackBehindASnapshotThatIsHalfRead() {
        long first = append(0, 10);
        TestSource source = source(Map.of("shards", 1));
        source.read();
        append(10, 50);
        assertThat(source.read(3)).isNotEmpty().hasSizeLessThan(40);
        with(open -> {
            open.manageSnapshots().rollbackTo(first).commit();
            return true;
        });
        assertThatThrownBy(source::read)
                .isInstanceOf(ResumeLostException.class)
                .hasMessageContaining("branch 'main' does not have that snapshot in its history any more")
                .hasMessageContaining("roll the branch forward to it");
    }

    @Test
    void saysThatASnapshotHasExpiredBeforeItsFilesWereListed() {
        append(0, 10);
        try (Source source = source(Map.of("shards", 1)).open()) {
            Partition shard = source.discover(Duration.ZERO).partitions().get(0);
            append(10, 20);
            table.expire();
            try (SourcePartition reader = source.partition(shard, Optional.empty())) {
                assertThatThrownBy(() -> reader.poll(7, 1 << 20, Duration.ofSeconds(5)))
                        .isInstanceOf(ResumeLostException.class)
                        .hasMessageMatching(".*: snapshot \\d+, which comes next, has expired, the oldest .*");
            }
        }
    }

    @Test
    void saysThatAnotherTableHasTakenThePlace() {
        append(0, 10);
        TestSource source = source(Map.of());
        source.read();
        table.drop();
        makeTable();
        append(0, 10);
        assertThatThrownBy(source::read)
                .isInstanceOf(ResumeLostException.class)
                .hasMessageContaining("another table has taken the place of 'shop.orders'");
    }

    @Test
    void readsFilesFromBeforeColumnsWereAddedAndRenamed() {
        append(0, 3);
        TestSource source = source(Map.of());
        source.read();
        append(3, 6);
        with(open -> {
            open.updateSchema()
                    .renameColumn("name", "title")
                    .addColumn("price", Types.DoubleType.get())
                    .commit();
            return true;
        });
        List<Row> rows = source.read();
        assertThat(rows).hasSize(3).allMatch(row -> row.get("price") == null);
        assertThat(rows.stream().map(row -> row.get("title")).filter(title -> title != null))
                .containsExactlyInAnyOrder("order 4", "order 5");
    }

    @Test
    void readsTheColumnsAndTheSnapshotThatWereAskedFor() {
        long first = append(0, 5);
        append(5, 9);
        TestSource source = source(Map.of("columns", List.of("name"), "start-snapshot-id", String.valueOf(first)));
        try (Source open = source.open()) {
            assertThat(open.schema().names()).containsExactly("name");
        }
        assertThat(source.read()).hasSize(9);
        assertThatThrownBy(() -> source(Map.of("columns", List.of("nam"))).read())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the table has no column 'nam'");
        assertThatThrownBy(() -> source(Map.of("start-snapshot-id", "7")).read())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("table 'shop.orders' has no snapshot 7, or it has expired");
    }

    @Test
    void saysWhereRowsCameFrom() {
        append(0, 9);
        var batches = source(Map.of("shards", 1)).batches(Integer.MAX_VALUE);
        var second = batches.get(1);
        assertThat(second.origin().partition(0)).isEqualTo("shard-0-of-1");
        assertThat(second.origin().position(1)).startsWith("row 8 of 'file:").endsWith(".parquet'");
    }

    @Test
    void refusesAnotherNumberOfShards() {
        append(0, 9);
        TestSource source = source(Map.of("shards", 2));
        source.read();
        assertThatThrownBy(() -> source.with("shards", 3).read())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the pipeline has a state of partition 'shard-");
    }
}
