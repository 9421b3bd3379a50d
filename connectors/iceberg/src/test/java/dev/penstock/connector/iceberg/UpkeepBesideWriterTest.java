package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.spi.Prepared;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upkeep of a table that a sink goes on writing to. */
class UpkeepBesideWriterTest {
    private static final int EPOCHS = 40;

    @TempDir
    private Path warehouse;

    private TestTable table() {
        return new TestTable(warehouse, TableIdentifier.of("shop", "orders"));
    }

    private static void write(TestSink sink, int epochs) {
        List<Prepared> waiting = new ArrayList<>();
        for (long id = 2; id <= epochs; id++) {
            waiting.addAll(sink.prepared(id));
            // Some commits are of several epochs, which lie prepared meanwhile.
            if (id % 3 == 0 || id == epochs) {
                sink.commit(waiting);
                waiting.clear();
            }
        }
    }

    @Test
    void keepsEveryRowOnce() {
        TestUpkeep upkeep = new TestUpkeep(warehouse, Duration.ZERO);
        long rewritten = 0;
        long expired = 0;
        try (TestSink sink = TestSink.start(warehouse, 1, -1)) {
            sink.commit(sink.prepared(1));
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(sink, EPOCHS));
            do {
                rewritten += upkeep.run("compact", Map.of("min-input-files", 2))
                        .figures()
                        .getOrDefault("rewritten_files", 0L);
                upkeep.run("rewrite-manifests", Map.of());
                expired += upkeep.run("expire", Map.of("older-than", "0s"))
                        .figures()
                        .getOrDefault("expired_snapshots", 0L);
                assertThat(upkeep.run("orphans", Map.of()).changed()).isFalse();
                assertThat(table().ids()).doesNotHaveDuplicates();
            } while (!writer.isDone());
            writer.join();
        }
        assertThat(table().ids())
                .isEqualTo(LongStream.rangeClosed(1, EPOCHS).boxed().toList());
        assertThat(rewritten).isPositive();
        assertThat(expired).isPositive();
    }
}
