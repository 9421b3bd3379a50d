package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.iceberg.LyingDriver.Lie;
import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that expire, and what stays. */
class ExpireTest {
    private static final Map<String, Object> ALL = Map.of("older-than", "0s");

    @TempDir
    private Path warehouse;

    private TestTable table() {
        return new TestTable(warehouse, TableIdentifier.of("shop", "orders"));
    }

    private TestUpkeep upkeep() {
        return new TestUpkeep(warehouse, Duration.ofMinutes(1));
    }

    private long snapshots() {
        return table().with(table -> StreamSupport.stream(table.snapshots().spliterator(), false)
                        .count())
                .orElseThrow();
    }

    private Set<String> files(String ending) {
        try (Stream<Path> files = Files.walk(warehouse)) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(ending))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits ids 1 to {@code count}, each in an epoch of its own; gives the handles of the last. */
    private List<Prepared> commit(int count) {
        try (TestSink sink = TestSink.start(warehouse, 1, -1)) {
            List<Prepared> handles = List.of();
            for (long id = 1; id <= count; id++) {
                handles = sink.prepared(id);
                sink.commit(handles);
            }
            return handles;
        }
    }

    @Test
    void keepsTheNewestSnapshotAndAllRows() {
        commit(3);

        Maintenance.Report report = upkeep().run("expire", ALL);

        assertThat(report.changed()).isTrue();
        assertThat(report.figures()).containsEntry("expired_snapshots", 3L);
        assertThat(snapshots()).isEqualTo(1);
        assertThat(table().ids()).containsExactly(1L, 2L, 3L);
        assertThat(files(".parquet")).hasSize(3);
        assertThat(files(".avro").stream().filter(name -> name.contains("/snap-")))
                .hasSize(1);
    }

    @Test
    void removesFilesThatOnlyExpiredSnapshotsReferTo() {
        commit(3);
        table().compact();
        assertThat(files(".parquet")).hasSize(4);

        upkeep().run("expire", ALL);

        assertThat(files(".parquet")).hasSize(1);
        assertThat(table().ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void changesNothingInADryRun() {
        commit(3);
        table().compact();
        Set<String> before = files("");
        TestUpkeep upkeep = upkeep();

        Maintenance.Report report = upkeep.dryRun("expire", ALL);

        assertThat(report.summary()).startsWith("would expire 4 snapshots");
        assertThat(upkeep.items()).anyMatch(item -> item.startsWith("file ") && item.endsWith(".parquet"));
        assertThat(files("")).isEqualTo(before);
        assertThat(snapshots()).isEqualTo(5);
    }

    @Test
    void foretellsInADryRunWhatIsRemoved() {
        commit(3);
        table().compact();
        TestUpkeep upkeep = upkeep();
        upkeep.dryRun("expire", ALL);
        Set<String> told = upkeep.items().stream()
                .filter(item -> item.startsWith("file "))
                .map(item -> item.substring("file ".length()).replace("file://", ""))
                .collect(Collectors.toSet());
        Set<String> before = files("");

        upkeep.run("expire", ALL);

        before.removeAll(files(""));
        before.removeIf(name -> name.contains("catalog.db") || name.contains("metadata.json"));
        assertThat(before).isEqualTo(told);
    }

    @Test
    void keepsWhatIsYoungAndAsManyAsAreWanted() {
        commit(3);

        assertThat(upkeep().run("expire", Map.of("older-than", "1h")).summary()).startsWith("nothing to do");
        assertThat(upkeep().run("expire", Map.of()).changed()).isFalse();
        upkeep().run("expire", Map.of("older-than", "0s", "retain-last", "2"));
        assertThat(snapshots()).isEqualTo(2);
        assertThat(upkeep().run("expire", Map.of("older-than", "0s", "retain-last", "2"))
                        .changed())
                .isFalse();
    }

    @Test
    void keepsWhatBranchesAndTagsReferTo() {
        commit(1);
        table().with(table -> {
            table.manageSnapshots()
                    .createTag("audited", table.currentSnapshot().snapshotId())
                    .commit();
            return true;
        });
        table().compact();
        table().append(100);

        upkeep().run("expire", ALL);

        assertThat(snapshots()).isEqualTo(2);
        assertThat(table().with(table -> table.snapshot("audited") != null)).contains(true);
        assertThat(files(".parquet")).hasSize(3);
    }

    @Test
    void keepsTheLastMarkOfASinkWhosePropertyIsGone() {
        List<Prepared> handles = commit(3);
        table().with(table -> {
            table.updateProperties().remove(property(table)).commit();
            return true;
        });
        table().append(100);
        table().append(101);

        Maintenance.Report report = upkeep().run("expire", ALL);

        assertThat(report.warnings()).singleElement().asString().contains("run its pipeline once");
        assertThat(snapshots()).isEqualTo(3);
        try (TestSink sink = TestSink.start(warehouse, 2, 3)) {
            assertThat(sink.commit(handles)).isEqualTo(Outcome.ALREADY_COMMITTED);
        }
        upkeep().run("expire", ALL);
        assertThat(snapshots()).isEqualTo(1);
    }

    private static String property(Table table) {
        return table.properties().keySet().stream()
                .filter(name -> name.startsWith("penstock.sink."))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void expiresBetweenPreparationAndCommit() {
        commit(2);
        try (TestSink sink = TestSink.start(warehouse, 2, 2)) {
            List<Prepared> handles = sink.prepared(7);
            upkeep().run("expire", ALL);
            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(table().ids()).containsExactly(1L, 2L, 7L);
    }

    @Test
    void findsOutWhatBecameOfACommitThatWasCalledAConflict() {
        commit(3);
        table().compact();
        LyingDriver.tell(Lie.saying("08006", true).then(() -> table().append(100)));

        Maintenance.Report report = upkeep().run("expire", ALL);

        assertThat(LyingDriver.told()).isTrue();
        assertThat(report.figures()).containsEntry("expired_snapshots", 4L);
        assertThat(table().ids()).containsExactly(1L, 2L, 3L, 100L);
        assertThat(files(".parquet")).hasSize(2);
    }

    @Test
    void removesNothingWhereTheCommitDidNotHappen() {
        commit(3);
        table().compact();
        LyingDriver.tell(Lie.first(() -> table().with(table -> {
            for (Snapshot snapshot : table.snapshots()) {
                table.manageSnapshots()
                        .createTag("keep-" + snapshot.snapshotId(), snapshot.snapshotId())
                        .commit();
            }
            return true;
        })));

        upkeep().run("expire", ALL);

        assertThat(snapshots()).isEqualTo(5);
        assertThat(files(".parquet")).hasSize(4);
    }

    @Test
    void refusesTablesThatAreNotThereOrMayNotBeCleaned() {
        assertThatThrownBy(() -> upkeep().run("expire", ALL))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no table 'shop.orders'");
        commit(1);
        table().with(table -> {
            table.updateProperties().set("gc.enabled", "false").commit();
            return true;
        });
        assertThatThrownBy(() -> upkeep().run("expire", ALL))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("gc.enabled");
    }
}
