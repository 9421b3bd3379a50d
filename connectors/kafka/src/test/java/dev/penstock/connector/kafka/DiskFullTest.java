package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.local.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies a topic while the disk of its broker is full, which ends a broker with a single disk. */
@Timeout(300)
class DiskFullTest {
    private static final int ROWS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void aPipelineGoesOnOnceThereIsRoomAgain() throws Exception {
        try (LocalKafka kafka = LocalKafka.start();
                TestCluster cluster = new TestCluster(kafka);
                SmallDisk disk = new SmallDisk(kafka.directory().resolve("data"))) {
            kafka.stop();
            assumeTrue(disk.mount(), "only root can mount a small disk");
            kafka.restart();
            copyThrough(cluster, disk);
        }
    }

    private void copyThrough(TestCluster cluster, SmallDisk disk) throws Exception {
        String from = cluster.topic(1);
        String to = cluster.topic(1);
        CopyPipeline copy = new CopyPipeline(cluster.kafka().bootstrapServers(), from, to, directory);
        try (CommittedReader reader = new CommittedReader(copy.bootstrapServers(), to, 1)) {
            try (TestedEngine.Running running = copy.start()) {
                cluster.send(from, 0, CommittedReader.numbers(0, 0, ROWS));
                reader.await(1, PATIENCE);
                ProcessHandle broker = ProcessHandle.of(cluster.kafka().pid()).orElseThrow();
                disk.fill();
                CompletableFuture<Void> sent = CompletableFuture.runAsync(
                        () -> cluster.send(from, 0, CommittedReader.numbers(0, ROWS, 2 * ROWS)));
                assertThat(broker.onExit()).as("the end of the broker").succeedsWithin(60, TimeUnit.SECONDS);
                disk.free();
                cluster.kafka().restart();
                assertThat(sent).succeedsWithin(PATIENCE);
                reader.await(2 * ROWS, PATIENCE);
                assertThat(running.await(Duration.ZERO)).as("whether it ended").isFalse();
            }
            reader.requireEachOnceInOrder(1, 2 * ROWS);
        }
    }
}
