package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.penstock.conformance.engine.EngineJob;
import dev.penstock.conformance.engine.OnEmbedded;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.conformance.process.CrashPoint;
import dev.penstock.conformance.process.CrashingPipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a pipeline again and again while a consumer of committed records writes down what it sees. System property
 * {@code penstock.kafka.kills} says how often, {@code penstock.kafka.seed} makes it the same again.
 */
@ExtendWith(RealBroker.class)
class KillTest {
    private static final int KILLS = Integer.getInteger("penstock.kafka.kills", 10);
    private static final int PARTITIONS = 3;
    private static final int ROWS_A_LIFE = 100;
    private static final int LONGEST_LIFE_MILLIS = 1000;
    private static final List<CrashPoint> POINTS = List.of(
            CrashPoint.AFTER_POLL,
            CrashPoint.AFTER_WRITE,
            CrashPoint.AFTER_PREPARE,
            CrashPoint.BEFORE_COMMIT,
            CrashPoint.AFTER_COMMIT);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_A_KILL = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @Test
    void aCommittedReaderSeesEachRowOnceAndInOrderHoweverOftenThePipelineIsKilled(TestCluster cluster) {
        assertTimeoutPreemptively(LONGEST_A_KILL.multipliedBy(KILLS), () -> killAgainAndAgain(cluster));
    }

    private void killAgainAndAgain(TestCluster cluster) throws Exception {
        long seed = Long.getLong("penstock.kafka.seed", System.nanoTime());
        Random random = new Random(seed);
        String from = cluster.topic(PARTITIONS);
        String to = cluster.topic(PARTITIONS);
        CopyPipeline copy = new CopyPipeline(cluster.kafka().bootstrapServers(), from, to, directory);
        CrashingPipeline pipeline = new CrashingPipeline(
                new OnEmbedded(),
                Files.createDirectories(directory.resolve("child")),
                getClass().getClassLoader());
        int written = 0;
        int seenBetweenKills = 0;
        try (CommittedReader reader = new CommittedReader(copy.bootstrapServers(), to, PARTITIONS)) {
            while (pipeline.landed() < KILLS) {
                written = append(cluster, from, written);
                kill(pipeline, copy.job(), random);
                seenBetweenKills = reader.count();
            }
            try (TestedEngine.Running running = copy.start()) {
                reader.await(PARTITIONS * written, PATIENCE);
                assertThat(running.await(Duration.ZERO)).as("whether it ended").isFalse();
            }
            assertThat(seenBetweenKills)
                    .as("records that were committed between kills, seed %d", seed)
                    .isPositive();
            reader.requireEachOnceInOrder(PARTITIONS, written);
            assertThat(cluster.committed(to)).hasSize(PARTITIONS * written);
        }
    }

    /** At a point of an epoch, whichever, or at any time. */
    private static void kill(CrashingPipeline pipeline, EngineJob job, Random random) throws InterruptedException {
        if (random.nextBoolean()) {
            pipeline.crash(job, POINTS.get(random.nextInt(POINTS.size())), 1 + random.nextInt(2));
        } else {
            pipeline.kill(job, Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)));
        }
    }

    private static int append(TestCluster cluster, String topic, int written) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            cluster.send(topic, partition, CommittedReader.numbers(partition, written, written + ROWS_A_LIFE));
        }
        return written + ROWS_A_LIFE;
    }
}
