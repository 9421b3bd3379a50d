package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.engine.OnEmbedded;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.conformance.fault.Fault;
import dev.penstock.conformance.fault.FaultProxy;
import dev.penstock.connector.kafka.conformance.AdvertisingRelay;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies a topic while its broker or the network fails. System property {@code penstock.kafka.stall} says for how many
 * seconds the network stands still.
 */
@Timeout(600)
@ExtendWith(RealBroker.class)
class BrokerFaultTest {
    private static final int PARTITIONS = 2;
    private static final int ROWS = 100;
    private static final int KILLS = 2;
    private static final long STALL_SECONDS = Long.getLong("penstock.kafka.stall", 3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void aBrokerThatIsKilledInMidEpochAndRestartedLosesAndDoublesNothing(TestCluster cluster) throws Exception {
        String from = cluster.topic(PARTITIONS);
        String to = cluster.topic(PARTITIONS);
        CopyPipeline copy = new CopyPipeline(cluster.kafka().bootstrapServers(), from, to, directory);
        try (CommittedReader reader = new CommittedReader(copy.bootstrapServers(), to, PARTITIONS)) {
            try (TestedEngine.Running running = copy.start()) {
                for (int kill = 0; kill < KILLS; kill++) {
                    append(cluster, from, kill);
                    // A few are committed, and the epoch of the others is under way.
                    reader.await(PARTITIONS * ROWS * kill + 1, PATIENCE);
                    cluster.kafka().kill();
                    cluster.kafka().restart();
                }
                reader.await(PARTITIONS * ROWS * KILLS, PATIENCE);
                assertThat(running.await(Duration.ZERO)).as("whether it ended").isFalse();
            }
            reader.requireEachOnceInOrder(PARTITIONS, ROWS * KILLS);
            assertThat(cluster.committed(to)).hasSize(PARTITIONS * ROWS * KILLS);
        }
    }

    private static void append(TestCluster cluster, String topic, int round) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            cluster.send(topic, partition, CommittedReader.numbers(partition, round * ROWS, (round + 1) * ROWS));
        }
    }

    @Test
    void aNetworkThatStandsStillIsWaitedFor(TestCluster cluster) throws Exception {
        String from = cluster.topic(PARTITIONS);
        String to = cluster.topic(PARTITIONS);
        try (AdvertisingRelay relay = new AdvertisingRelay(cluster.kafka().port());
                FaultProxy proxy = FaultProxy.before(relay.address());
                CommittedReader reader = new CommittedReader(cluster.kafka().bootstrapServers(), to, PARTITIONS)) {
            relay.advertise(proxy.address().getPort());
            CopyPipeline copy = new CopyPipeline("127.0.0.1:" + proxy.address().getPort(), from, to, directory);
            try (TestedEngine.Running running = new OnEmbedded().start(copy.job())) {
                append(cluster, from, 0);
                reader.await(1, PATIENCE);
                proxy.strike(Fault.STALL);
                append(cluster, from, 1);
                assertThat(running.await(Duration.ofSeconds(STALL_SECONDS)))
                        .as("whether the pipeline ended")
                        .isFalse();
                proxy.heal();
                reader.await(PARTITIONS * ROWS * 2, PATIENCE);
            }
            reader.requireEachOnceInOrder(PARTITIONS, ROWS * 2);
            assertThat(cluster.committed(to)).hasSize(PARTITIONS * ROWS * 2);
        }
    }
}
