package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.connector.iceberg.LyingDriver.Lie;
import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.data.BatchBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that are joined. */
class RewriteManifestsTest {
    @TempDir
    private Path warehouse;

    private TestTable table() {
        return new TestTable(warehouse, TableIdentifier.of("shop", "orders"));
    }

    private Maintenance.Report rewrite() {
        return new TestUpkeep(warehouse, Duration.ZERO).run("rewrite-manifests", Map.of());
    }

    private List<ManifestFile> manifests() {
        return table().with(table -> table.currentSnapshot().dataManifests(table.io()))
                .orElseThrow();
    }

    private void commit(Map<String, Object> settings, int count) {
        try (TestSink sink = TestSink.start(warehouse, settings, TestSink.SCHEMA, 1, -1)) {
            for (long id = 1; id <= count; id++) {
                BatchBuilder rows = new BatchBuilder(TestSink.SCHEMA);
                rows.append(id, "customer " + id);
                sink.commit(sink.prepared(rows.build()));
            }
        }
    }

    @Test
    void joinsThemWithoutChangingRows() {
        commit(Map.of(), 5);
        assertThat(manifests()).hasSize(5);

        assertThat(rewrite().figures()).containsEntry("rewritten_manifests", 5L);

        assertThat(manifests()).hasSize(1);
        assertThat(table().ids()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(rewrite().summary()).startsWith("nothing to do");
    }

    @Test
    void givesEachARangeOfPartitions() {
        commit(Map.of("partition-by", List.of("id")), 9);
        long small = manifests().stream().mapToLong(ManifestFile::length).sum() / 3;
        table().with(table -> {
            table.updateProperties()
                    .set("commit.manifest.target-size-bytes", String.valueOf(small + 1))
                    .commit();
            return true;
        });
        // Those that exist are smaller than what is wanted now.
        assertThat(manifests()).allMatch(manifest -> manifest.length() < small - small / 4);

        rewrite();

        assertThat(manifests()).hasSize(3).allSatisfy(manifest -> {
            assertThat(manifest.existingFilesCount()).isEqualTo(3);
            ManifestFile.PartitionFieldSummary ids = manifest.partitions().get(0);
            assertThat(value(ids.upperBound()) - value(ids.lowerBound())).isEqualTo(2);
        });
        assertThat(table().ids()).hasSize(9);
    }

    private static long value(ByteBuffer bound) {
        return bound.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    @Test
    void changesNothingInADryRun() {
        commit(Map.of(), 3);
        TestUpkeep upkeep = new TestUpkeep(warehouse, Duration.ZERO);

        assertThat(upkeep.dryRun("rewrite-manifests", Map.of()).summary())
                .isEqualTo("would rewrite 3 manifests into about 1");

        assertThat(upkeep.items()).containsExactly("3 manifests of partition spec 0 into about 1");
        assertThat(manifests()).hasSize(3);
    }

    @Test
    void happensOnceWhereTheCatalogCallsItAConflict() {
        commit(Map.of(), 3);
        LyingDriver.tell(Lie.saying("08006", true).then(() -> table().append(100)));

        assertThat(rewrite().finished()).isTrue();

        assertThat(LyingDriver.told()).isTrue();
        assertThat(table().ids()).containsExactly(1L, 2L, 3L, 100L);
        assertThat(manifests()).hasSize(2);
    }

    @Test
    void doesNotDisturbACommitThatIsPrepared() {
        commit(Map.of(), 3);
        try (TestSink sink = TestSink.start(warehouse, 2, 3)) {
            List<Prepared> handles = sink.prepared(7);
            rewrite();
            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(table().ids()).containsExactly(1L, 2L, 3L, 7L);
    }
}
