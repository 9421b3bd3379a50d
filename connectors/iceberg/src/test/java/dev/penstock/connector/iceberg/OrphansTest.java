package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.iceberg.LyingDriver.Lie;
import dev.penstock.connector.iceberg.conformance.TestTable;
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
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that nothing refers to, and those that only look so. */
class OrphansTest {
    private static final Map<String, Object> DEFAULT = Map.of();

    @TempDir
    private Path warehouse;

    private TestTable table() {
        return new TestTable(warehouse, TableIdentifier.of("shop", "orders"));
    }

    /** Upkeep after all files have become old. */
    private TestUpkeep upkeep() {
        return new TestUpkeep(warehouse, Duration.ofDays(4));
    }

    private Set<String> files() {
        try (Stream<Path> files = Files.walk(warehouse.resolve("shop"))) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(name -> !name.contains("/_penstock/"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path stray(String name) throws IOException {
        Path file = warehouse.resolve("shop/orders").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "left over");
    }

    private void commit(long... ids) {
        try (TestSink sink = TestSink.start(warehouse, 1, -1)) {
            for (long id : ids) {
                sink.commit(sink.prepared(id));
            }
        }
    }

    @Test
    void removesWhatNothingRefersToAndNothingElse() throws IOException {
        commit(1, 2);
        table().compact();
        Set<String> before = files();
        stray("data/00000-0-other.parquet");
        stray("metadata/snap-1-1-other.avro");
        stray("data/day=2026-01-01/_file.parquet");

        Maintenance.Report report = upkeep().run("orphans", DEFAULT);

        assertThat(report.figures()).containsEntry("removed_files", 2L).containsEntry("removed_bytes", 18L);
        assertThat(files()).containsAll(before).hasSize(before.size() + 1);
        assertThat(table().ids()).containsExactly(1L, 2L);
        assertThat(upkeep().run("orphans", DEFAULT).summary()).startsWith("nothing to do");
    }

    @Test
    void printsInADryRunAndRemovesNothing() throws IOException {
        commit(1);
        Path stray = stray("data/other.parquet");
        Set<String> before = files();
        TestUpkeep upkeep = upkeep();

        Maintenance.Report report = upkeep.dryRun("orphans", DEFAULT);

        assertThat(report.summary()).startsWith("would remove 1 file");
        assertThat(upkeep.items()).singleElement().asString().contains(stray.toString());
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void leavesYoungFilesAlone() throws IOException {
        commit(1);
        stray("data/other.parquet");

        TestUpkeep today = new TestUpkeep(warehouse, Duration.ofMinutes(90));
        assertThat(today.run("orphans", DEFAULT).figures()).containsEntry("removed_files", 0L);
        assertThat(today.run("orphans", Map.of("older-than", "1h")).figures()).containsEntry("removed_files", 1L);
        assertThatThrownBy(() -> today.run("orphans", Map.of("older-than", "59m")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The pipeline was killed before its commit, and is started again a week later. */
    @Test
    void leavesAnEpochOfAStoppedPipelineThatIsPreparedAndNotCommitted() {
        List<Prepared> handles;
        try (TestSink sink = TestSink.start(warehouse, 1, -1)) {
            sink.commit(sink.prepared(1));
            handles = sink.prepared(2, 3);
        }

        Maintenance.Report report = upkeep().run("orphans", DEFAULT);

        assertThat(report.figures()).containsEntry("removed_files", 0L).containsEntry("waiting_files", 1L);
        assertThat(report.warnings()).singleElement().asString().contains("prepared and not committed");
        try (TestSink sink = TestSink.start(warehouse, 2, 2)) {
            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(table().ids()).containsExactly(1L, 2L, 3L);
        assertThat(upkeep().run("orphans", DEFAULT).figures()).containsEntry("waiting_files", 0L);
    }

    /** The commit happens after files were listed and before metadata is read. */
    @Test
    void leavesAnEpochThatIsCommittedMeanwhile() {
        try (TestSink sink = TestSink.start(warehouse, 1, -1)) {
            sink.commit(sink.prepared(1));
            List<Prepared> handles = sink.prepared(2);
            boolean[] committed = new boolean[1];
            TestUpkeep upkeep = upkeep().meanwhile(() -> {
                if (!committed[0]) {
                    committed[0] = true;
                    sink.commit(handles);
                }
            });

            assertThat(upkeep.run("orphans", DEFAULT).figures()).containsEntry("removed_files", 0L);
            assertThat(committed).containsExactly(true);
        }
        assertThat(table().ids()).containsExactly(1L, 2L);
    }

    @Test
    void removesListsOfManifestsOfCommitsThatLost() {
        try (TestSink sink = TestSink.start(warehouse, 1, -1)) {
            sink.commit(sink.prepared(1));
            List<Prepared> handles = sink.prepared(2);
            LyingDriver.tell(Lie.first(() -> table().append(100)));
            sink.commit(handles);
        }
        Set<String> before = files();

        Maintenance.Report report = upkeep().run("orphans", DEFAULT);

        assertThat(report.figures()).containsEntry("removed_files", 2L);
        before.removeAll(files());
        assertThat(before).anyMatch(name -> name.contains("/metadata/snap-"));
        assertThat(table().ids()).containsExactly(1L, 2L, 100L);
    }

    /** Several tables may have one directory for their data, or for their metadata. */
    @Test
    void leavesFilesOutsideTheLocationOfTheTableAlone() throws IOException {
        commit(1);
        Path data = Files.createDirectories(warehouse.resolve("shared/data"));
        Path metadata = Files.createDirectories(warehouse.resolve("shared/metadata"));
        table().with(table -> {
            table.updateProperties()
                    .set("write.data.path", "file://" + data)
                    .set("write.metadata.path", "file://" + metadata)
                    .commit();
            return true;
        });
        try (TestSink sink = TestSink.start(warehouse, 2, 1)) {
            sink.commit(sink.prepared(2));
        }
        Path otherData = Files.writeString(data.resolve("other.parquet"), "of another table");
        Path otherList = Files.writeString(metadata.resolve("snap-1-1-other.avro"), "of another table");
        Path stray = stray("data/other.parquet");

        assertThat(upkeep().run("orphans", DEFAULT).figures()).containsEntry("removed_files", 1L);
        assertThat(stray).doesNotExist();
        assertThat(otherData).exists();
        assertThat(otherList).exists();
        assertThat(table().ids()).containsExactly(1L, 2L);
    }

    /** Catalogs put the tables of namespace {@code shop.orders} below those of table {@code shop.orders}. */
    @Test
    void leavesTablesInsideTheTablesDirectoryAlone() throws IOException {
        commit(1);
        List<String> names = List.of("lines", "data", "metadata");
        for (String name : names) {
            inner(name)
                    .create(
                            new Schema(Types.NestedField.required(1, "id", Types.LongType.get())),
                            PartitionSpec.unpartitioned(),
                            Map.of());
            inner(name).append(7);
            assertThat(warehouse.resolve("shop/orders/" + name + "/metadata")).isDirectory();
        }
        Path stray = stray("other.parquet");
        stray("lines/data/other.parquet");
        Set<String> before = files();

        assertThat(upkeep().run("orphans", DEFAULT).figures()).containsEntry("removed_files", 1L);
        before.remove(stray.toString());
        assertThat(files()).isEqualTo(before);
        for (String name : names) {
            assertThat(inner(name).ids()).containsExactly(7L);
        }
    }

    private TestTable inner(String name) {
        return new TestTable(warehouse, TableIdentifier.of("shop", "orders", name));
    }

    /** Names of files begin with a hash then. */
    @Test
    void knowsFilesThatWaitWhereNamesAreHashed() throws IOException {
        commit(1);
        table().with(table -> {
            table.updateProperties()
                    .set("write.object-storage.enabled", "true")
                    .set("write.object-storage.partitioned-paths", "false")
                    .commit();
            return true;
        });
        Set<String> before = files();
        List<Prepared> handles;
        try (TestSink sink = TestSink.start(warehouse, 1, 1)) {
            handles = sink.prepared(2);
        }
        Set<String> after = files();
        after.removeAll(before);
        assertThat(after).anyMatch(name -> name.matches(".*/[01]{8}-orders.iceberg-[^/]*"));

        assertThat(upkeep().run("orphans", DEFAULT).figures())
                .containsEntry("removed_files", 0L)
                .containsEntry("waiting_files", 1L);
        try (TestSink sink = TestSink.start(warehouse, 2, 2)) {
            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
            before = files();
            sink.prepared(3);
        }
        Set<String> strays = files();
        strays.removeAll(before);
        assertThat(strays).isNotEmpty();
        try (TestSink sink = TestSink.start(warehouse, 3, 2)) {
            sink.commit(sink.prepared(4));
        }
        assertThat(files()).containsAll(before).doesNotContainAnyElementsOf(strays);
        assertThat(table().ids()).containsExactly(1L, 2L, 4L);
    }

    @Test
    void findsAFileByItsPathHoweverItsLocationIsWritten() {
        assertThat(OrphanRemoval.path("file:///lake/a")).isEqualTo("/lake/a");
        assertThat(OrphanRemoval.path("file:/lake/a")).isEqualTo("/lake/a");
        assertThat(OrphanRemoval.path("s3://bucket/a/b")).isEqualTo("/a/b");
        assertThat(OrphanRemoval.path("s3a://bucket/a/b")).isEqualTo("/a/b");
        assertThat(OrphanRemoval.path("/lake/a")).isEqualTo("/lake/a");
    }
}
