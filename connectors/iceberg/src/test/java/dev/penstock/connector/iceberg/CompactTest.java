package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.connector.iceberg.LyingDriver.Lie;
import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that become large ones. */
class CompactTest {
    private static final Map<String, Object> DEFAULT = Map.of();

    @TempDir
    private Path warehouse;

    private TestTable table() {
        return new TestTable(warehouse, TableIdentifier.of("shop", "orders"));
    }

    private TestUpkeep upkeep() {
        return new TestUpkeep(warehouse, Duration.ZERO);
    }

    private TestSink sink(Map<String, Object> settings, int generation, long restored) {
        return TestSink.start(warehouse, settings, TestSink.SCHEMA, generation, restored);
    }

    /** Commits ids from 1 on, each in a file of its own. */
    private void commit(Map<String, Object> settings, int count) {
        try (TestSink sink = sink(settings, 1, -1)) {
            for (long id = 1; id <= count; id++) {
                sink.commit(sink.prepared(rows(id)));
            }
        }
    }

    private static RecordBatch rows(long id) {
        BatchBuilder rows = new BatchBuilder(TestSink.SCHEMA);
        rows.append(id, "customer " + id % 2);
        return rows.build();
    }

    private static List<Long> ids(long to) {
        return LongStream.rangeClosed(1, to).boxed().toList();
    }

    private TestDeletes deletes() {
        return new TestDeletes(table());
    }

    @Test
    void putsSmallFilesTogetherOnce() {
        commit(Map.of(), 6);

        Maintenance.Report report = upkeep().run("compact", DEFAULT);

        assertThat(report.figures()).containsEntry("rewritten_files", 6L).containsEntry("written_files", 1L);
        assertThat(table().dataFiles().orElseThrow()).hasSize(1);
        assertThat(table().ids()).isEqualTo(ids(6));
        assertThat(upkeep().run("compact", DEFAULT).summary())
                .isEqualTo("nothing to do: no partition has enough small files");
    }

    @Test
    void leavesFewFilesAlone() {
        commit(Map.of(), 4);
        assertThat(upkeep().run("compact", DEFAULT).changed()).isFalse();
        assertThat(upkeep().run("compact", Map.of("min-input-files", 4)).changed())
                .isTrue();
    }

    @Test
    void keepsPartitionsApart() {
        commit(Map.of("partition-by", List.of("name")), 10);
        TestUpkeep upkeep = upkeep();

        upkeep.run("compact", DEFAULT);

        assertThat(upkeep.items()).hasSize(2).anyMatch(item -> item.contains(" in name=customer+0 into 1"));
        assertThat(table().dataFiles().orElseThrow()).hasSize(2).allMatch(name -> name.contains("/name=customer"));
        assertThat(table().ids()).isEqualTo(ids(10));
    }

    @Test
    void bringsFilesOfAnEarlierPartitioningIntoThePresentOne() {
        commit(Map.of(), 6);
        table().with(table -> {
            table.updateSpec().addField("name").commit();
            return true;
        });

        upkeep().run("compact", DEFAULT);

        assertThat(table().dataFiles().orElseThrow()).hasSize(2).allMatch(name -> name.contains("/name=customer"));
        assertThat(table().ids()).isEqualTo(ids(6));
    }

    @Test
    void changesNothingInADryRun() {
        commit(Map.of(), 6);
        TestUpkeep upkeep = upkeep();

        assertThat(upkeep.dryRun("compact", DEFAULT).summary()).startsWith("would rewrite 6 files");

        assertThat(upkeep.items()).singleElement().asString().endsWith("into about 1");
        assertThat(table().dataFiles().orElseThrow()).hasSize(6);
    }

    @Test
    void leavesOutDeletedRowsAndWhatNamedThem() {
        commit(Map.of(), 6);
        deletes().byPosition(2, 5);
        assertThat(table().ids()).containsExactly(1L, 3L, 4L, 6L);

        upkeep().run("compact", DEFAULT);

        assertThat(table().ids()).containsExactly(1L, 3L, 4L, 6L);
        assertThat(deletes().ofFiles()).isEqualTo(List.of(List.of()));
        assertThat(table().with(table -> table.currentSnapshot().summary().get("total-records")))
                .contains("4");
    }

    @Test
    void appliesDeletesByKeyThatCameBeforeAndHonoursThoseThatComeMeanwhile() {
        commit(Map.of(), 6);
        deletes().byKey(2);
        boolean[] done = new boolean[1];
        TestUpkeep upkeep = upkeep().meanwhile(() -> {
            if (!done[0]) {
                done[0] = true;
                deletes().byKey(5);
            }
        });

        Maintenance.Report report = upkeep.run("compact", DEFAULT);

        assertThat(report.finished()).isTrue();
        assertThat(done).containsExactly(true);
        assertThat(table().ids()).containsExactly(1L, 3L, 4L, 6L);
    }

    @Test
    void beginsAnewWhereARowIsDeletedByPositionMeanwhile() {
        commit(Map.of(), 6);
        boolean[] done = new boolean[1];
        TestUpkeep upkeep = upkeep().meanwhile(() -> {
            if (!done[0]) {
                done[0] = true;
                deletes().byPosition(5);
            }
        });

        Maintenance.Report report = upkeep.run("compact", DEFAULT);

        assertThat(report.finished()).isTrue();
        assertThat(upkeep.items()).hasSize(2).first().asString().contains("others were in the way");
        assertThat(table().ids()).containsExactly(1L, 2L, 3L, 4L, 6L);
        assertThat(table().dataFiles().orElseThrow()).hasSize(1);
    }

    @Test
    void saysSoWhereOthersAreAlwaysInTheWay() {
        commit(Map.of(), 10);
        long[] next = {1};
        // One for each time that a group is being rewritten.
        TestUpkeep upkeep = upkeep().meanwhile(() -> {
            if (table().ids().contains(next[0])) {
                deletes().byPosition(next[0]);
            }
        });
        upkeep.told(item -> next[0]++);

        Maintenance.Report report = upkeep.run("compact", DEFAULT);

        assertThat(report.finished()).isFalse();
        assertThat(report.changed()).isFalse();
        assertThat(report.summary()).isEqualTo("changed nothing");
        assertThat(report.warnings()).singleElement().asString().startsWith("1 group given up after 3 rounds");
        assertThat(table().ids()).containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(table().dataFiles().orElseThrow()).hasSize(10);
    }

    @Test
    void happensOnceWhereTheCatalogCallsItAConflict() {
        commit(Map.of(), 6);
        LyingDriver.tell(Lie.saying("08006", true).then(() -> table().append(100)));

        assertThat(upkeep().run("compact", DEFAULT).finished()).isTrue();

        assertThat(LyingDriver.told()).isTrue();
        List<Long> expected = new ArrayList<>(ids(6));
        expected.add(100L);
        assertThat(table().ids()).isEqualTo(expected);
        assertThat(table().dataFiles().orElseThrow()).hasSize(2);
    }

    @Test
    void keepsTheIdsOfRowsInTablesOfVersionThree() {
        commit(Map.of("table-properties", Map.of("format-version", "3")), 6);

        List<String> before = lineage();
        assertThat(before).containsExactlyInAnyOrder("1 0 2", "2 1 3", "3 2 4", "4 3 5", "5 4 6", "6 5 7");

        upkeep().run("compact", DEFAULT);

        assertThat(table().dataFiles().orElseThrow()).hasSize(1);
        assertThat(lineage()).containsExactlyInAnyOrderElementsOf(before);
    }

    /** Some rows have their ids by their place, others because a file holds them, and one is gone. */
    @Test
    void keepsTheIdsOfRowsThatHaveMovedBefore() {
        commit(Map.of("table-properties", Map.of("format-version", "3")), 6);
        upkeep().run("compact", DEFAULT);
        try (TestSink sink = sink(Map.of(), 2, 5)) {
            sink.commit(sink.prepared(7, 8));
        }
        deletes().byKey(2, 7);
        List<String> before = lineage();
        assertThat(before).hasSize(6).contains("1 0 2");

        upkeep().run("compact", Map.of("min-input-files", 2));

        assertThat(table().dataFiles().orElseThrow()).hasSize(1);
        assertThat(lineage()).containsExactlyInAnyOrderElementsOf(before);
    }

    private List<String> lineage() {
        List<String> lineage = new ArrayList<>();
        table().with(table -> {
            try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                    .project(MetadataColumns.schemaWithRowLineage(table.schema()))
                    .build()) {
                rows.forEach(row -> lineage.add(row.getField("id") + " " + row.getField("_row_id") + " "
                        + row.getField("_last_updated_sequence_number")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        });
        return lineage;
    }
}
