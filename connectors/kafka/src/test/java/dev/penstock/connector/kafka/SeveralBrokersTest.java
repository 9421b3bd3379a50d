package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.local.LocalKafkaCluster;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of pipelines when one of several brokers is gone. Topics are on the second and third broker. */
@Timeout(300)
class SeveralBrokersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROWS = 50;
    private static final int SECOND = 2;
    private static final int THIRD = 3;

    private static LocalKafkaCluster brokers;
    private static TestCluster cluster;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        brokers = LocalKafkaCluster.start(3, Map.of());
        cluster = new TestCluster(brokers.broker(1));
    }

    @AfterAll
    static void stop() {
        cluster.close();
        brokers.close();
    }

    private static String topic(String name, Map<String, String> properties) {
        NewTopic topic = new NewTopic(name, Map.of(0, List.of(SECOND, THIRD))).configs(properties);
        TestCluster.await(cluster.admin().createTopics(List.of(topic)).all());
        awaitPartition(name, partition -> partition.isr().size() == 2);
        return name;
    }

    private static void awaitPartition(String topic, Predicate<TopicPartitionInfo> wanted) {
        Waiting.until("partition of " + topic, PATIENCE, () -> {
            try {
                return wanted.test(TestCluster.await(
                                cluster.admin().describeTopics(List.of(topic)).allTopicNames())
                        .values()
                        .iterator()
                        .next()
                        .partitions()
                        .get(0));
            } catch (IllegalStateException e) {
                return false; // a broker hears of a topic a moment after another has created it
            }
        });
    }

    /** Whoever led before goes on doing so where it may. */
    private static void makeTheFirstLead(TopicPartition partition) {
        TestCluster.await(cluster.admin()
                .electLeaders(ElectionType.PREFERRED, Set.of(partition))
                .partitions());
    }

    private static boolean isLedBy(TopicPartitionInfo partition, int broker) {
        Node leader = partition.leader();
        return leader != null && leader.id() == broker;
    }

    @Test
    void tooFewReplicasHoldRowsBackUntilThereAreEnough() throws Exception {
        String from = topic("few-in", Map.of());
        String to = topic("few-out", Map.of("min.insync.replicas", "2"));
        CopyPipeline copy = new CopyPipeline(brokers.bootstrapServers(), from, to, directory);
        try (CommittedReader reader = new CommittedReader(copy.bootstrapServers(), to, 1)) {
            try (TestedEngine.Running running = copy.start()) {
                cluster.send(from, 0, CommittedReader.numbers(0, 0, ROWS));
                reader.await(ROWS, PATIENCE);
                brokers.broker(THIRD).kill();
                awaitPartition(to, partition -> partition.isr().size() == 1);
                cluster.send(from, 0, CommittedReader.numbers(0, ROWS, 2 * ROWS));
                assertThat(running.await(Duration.ofSeconds(2))).isFalse();
                assertThat(reader.count()).isEqualTo(ROWS);
                brokers.broker(THIRD).restart();
                reader.await(2 * ROWS, PATIENCE);
            }
            reader.requireEachOnceInOrder(1, 2 * ROWS);
        } finally {
            brokers.broker(THIRD).restart();
        }
    }

    @Test
    void aTransactionCoordinatorThatMovesLosesAndDoublesNothing() throws Exception {
        String from = topic("moved-in", Map.of());
        String to = topic("moved-out", Map.of());
        TopicPartition states = new TopicPartition("__transaction_state", 0);
        CopyPipeline copy = new CopyPipeline(brokers.bootstrapServers(), from, to, directory);
        try (CommittedReader reader = new CommittedReader(copy.bootstrapServers(), to, 1)) {
            try (TestedEngine.Running running = copy.start()) {
                cluster.send(from, 0, CommittedReader.numbers(0, 0, ROWS));
                reader.await(ROWS, PATIENCE);
                TestCluster.await(cluster.admin()
                        .alterPartitionReassignments(
                                Map.of(states, Optional.of(new NewPartitionReassignment(List.of(SECOND, THIRD)))))
                        .all());
                awaitPartition(
                        states.topic(),
                        partition -> partition.replicas().size() == 2
                                && partition.isr().size() == 2);
                makeTheFirstLead(states);
                awaitPartition(states.topic(), partition -> isLedBy(partition, SECOND));
                cluster.send(from, 0, CommittedReader.numbers(0, ROWS, 2 * ROWS));
                brokers.broker(SECOND).kill();
                awaitPartition(states.topic(), partition -> isLedBy(partition, THIRD));
                cluster.send(from, 0, CommittedReader.numbers(0, 2 * ROWS, 3 * ROWS));
                reader.await(3 * ROWS, PATIENCE);
                assertThat(running.await(Duration.ZERO)).as("whether it ended").isFalse();
            }
            reader.requireEachOnceInOrder(1, 3 * ROWS);
        } finally {
            brokers.broker(SECOND).restart();
        }
    }

    @Test
    void aLogThatWasTruncatedIsNotTakenForTheOneThatWasRead() {
        String topic = topic("truncated", Map.of("unclean.leader.election.enable", "true", "min.insync.replicas", "1"));
        cluster.send(topic, 0, "a", "b");
        brokers.broker(THIRD).kill();
        awaitPartition(topic, partition -> partition.isr().size() == 1);
        cluster.send(topic, 0, "c", "d");
        ResumeState read = readAll(topic, "a", "b", "c", "d");
        brokers.broker(SECOND).kill();
        brokers.broker(THIRD).restart();
        awaitPartition(topic, partition -> isLedBy(partition, THIRD));
        cluster.send(topic, 0, "x", "y", "z");
        brokers.broker(SECOND).restart();
        awaitPartition(topic, partition -> partition.isr().size() == 2);
        assertThatThrownBy(() -> resume(topic, read, "error"))
                .isInstanceOf(ResumeLostException.class)
                .hasMessageContaining("the log was truncated at 2 after what was read there");
        assertThat(resume(topic, read, "earliest")).containsExactly("a", "b", "x", "y", "z");
    }

    private static ResumeState readAll(String topic, String... values) {
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic));
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            Reading.Read read = Reading.rows(partition, values.length);
            assertThat(read.values()).containsExactly(values);
            return read.state();
        }
    }

    private static List<String> resume(String topic, ResumeState state, String whenLost) {
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "when-lost", whenLost));
                SourcePartition partition = reading.partition(0, Optional.of(state))) {
            return Reading.rows(partition, 5).values();
        }
    }
}
