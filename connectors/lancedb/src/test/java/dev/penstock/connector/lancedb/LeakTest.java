package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;

final class LeakTest {
    @TempDir
    Path directory;

    /** Runs a part with memory of its own and tells how much is left of it in the end. */
    private long left(Supplier<Lance> given) {
        try (Lance lance = given.get()) {
            SinkSettings settings = SinkSettings.of(Incarnation.config(Map.of("uri", "db", "table", "docs")));
            try (Dataset dataset = lance.openExisting()) {
                Lance.FileLimits limits = new Lance.FileLimits(100, 1 << 20, dataset.getLanceFileFormatVersion());
                TableSchema table = TableSchema.of(dataset);
                RecordBatch rows = AppendTest.rows(0, 1000);
                lance.write(
                        directory.resolve("elsewhere").toString(),
                        table.arrow(),
                        List.of(rows).iterator(),
                        limits);
                KeySets gone = new KeySets(List.of("id"), List.of("id"));
                gone.keys().add(new KeyEncoder(rows, List.of("id")).encode(3));
                TableCommit.Change change = new Deletion(dataset, table).apply(gone, List.of());
                TableCommit.commit(dataset, change, Map.of()).close();
                new IndexBuilding(settings.indexes()).build(dataset, List.of("id"));
            }
            return lance.allocator().getAllocatedMemory();
        }
    }

    @Test
    void givesAllMemoryBack() {
        try (Incarnation run = Incarnation.in(directory, AppendTest.SCHEMA)
                .mode(WriteMode.upsert(List.of("id")))
                .start()) {
            run.write(1, AppendTest.rows(0, 100));
        }
        assertThat(left(() -> new Lance(TableReading.location(directory)))).isZero();
        assertThat(TableReading.rows(directory)).hasSize(99);
    }

    @Test
    void keepsNoFileOpen() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(descriptors), "needs /proc");
        openAndClose(0);
        long before = count(descriptors);
        for (int round = 1; round <= 20; round++) {
            openAndClose(round);
        }
        assertThat(count(descriptors)).isLessThan(before + 10);
    }

    private void openAndClose(int round) {
        try (Incarnation run = Incarnation.in(directory, AppendTest.SCHEMA)
                .run("run" + round, round + 1)
                .restored(round)
                .start()) {
            run.write(round + 1, AppendTest.rows(round, 1));
        }
    }

    private static long count(Path descriptors) throws IOException {
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.count();
        }
    }
}
