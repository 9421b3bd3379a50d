package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.StateVersionException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(RealBroker.class)
class ResumeTest {
    private static ResumeState readOne(TestCluster cluster, String topic) {
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic));
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            return Reading.rows(partition, 1).state();
        }
    }

    @Test
    void aPositionThatWasDeletedIsAnErrorThatNamesTheRemedy(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.send(topic, 0, "a", "b", "c", "d");
        ResumeState state = readOne(cluster, topic);
        cluster.deleteBefore(topic, 0, 3);
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic));
                SourcePartition partition = reading.partition(0, Optional.of(state))) {
            assertThatThrownBy(() -> Reading.rows(partition, 1))
                    .isInstanceOf(ResumeLostException.class)
                    .hasMessage("Cannot resume partition '" + topic
                            + "-0' at offset 1: the partition now starts at 3 and ends at 4; restore the topic, or set"
                            + " when-lost: earliest or latest to go on without what was lost");
        }
    }

    @Test
    void aPipelineMayChooseToGoOnAtTheEarliestOrLatest(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.send(topic, 0, "a", "b", "c", "d");
        ResumeState state = readOne(cluster, topic);
        cluster.deleteBefore(topic, 0, 3);
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "when-lost", "earliest"));
                SourcePartition partition = reading.partition(0, Optional.of(state))) {
            assertThat(Reading.rows(partition, 1).values()).containsExactly("d");
        }
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "when-lost", "latest", "follow", false));
                SourcePartition partition = reading.partition(0, Optional.of(state))) {
            assertThat(Reading.toEnd(partition, 10).values()).isEmpty();
        }
    }

    @Test
    void aTopicThatWasCreatedAnewIsNotTakenForTheOldOne(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.send(topic, 0, "a", "b");
        ResumeState state = readOne(cluster, topic);
        cluster.delete(topic);
        cluster.create(topic, 1, Map.of());
        cluster.send(topic, 0, "x", "y", "z");
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic))) {
            assertThatThrownBy(() -> reading.partition(0, Optional.of(state)))
                    .isInstanceOf(ResumeLostException.class)
                    .hasMessageContaining("was deleted and created anew");
        }
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "when-lost", "earliest"));
                SourcePartition partition = reading.partition(0, Optional.of(state))) {
            assertThat(Reading.rows(partition, 3).values()).containsExactly("x", "y", "z");
        }
    }

    @Test
    void theLossOfOnePartitionIsNotThatOfAnother(TestCluster cluster) {
        String topic = cluster.topic(2);
        cluster.send(topic, 0, "a", "b", "c");
        cluster.send(topic, 1, "1", "2", "3");
        ResumeState state = readOne(cluster, topic);
        cluster.deleteBefore(topic, 0, 2);
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic));
                SourcePartition lost = reading.partition(0, Optional.of(state));
                SourcePartition other = reading.partition(1, Optional.empty())) {
            assertThatThrownBy(() -> Reading.rows(lost, 1)).isInstanceOf(ResumeLostException.class);
            assertThat(Reading.rows(other, 3).values()).containsExactly("1", "2", "3");
        }
    }

    @Test
    void groupOffsetsFollowWhatIsDurableAndNothingElse(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.send(topic, 0, "a", "b", "c");
        String group = "group-of-" + topic;
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "group", group))) {
            try (SourcePartition partition = reading.partition(0, Optional.empty())) {
                ResumeState first = Reading.rows(partition, 1).state();
                Reading.rows(partition, 2);
                assertThat(committed(cluster, group)).isEmpty();
                partition.stateDurable(first);
            }
        }
        assertThat(committed(cluster, group))
                .extractingByKey(new TopicPartition(topic, 0))
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(1L);
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(TestCluster cluster, String group) {
        return TestCluster.await(cluster.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    @Test
    void aStateOfAnotherReleaseIsRefused(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic))) {
            Partition partition = reading.partitions().get(0);
            assertThatThrownBy(() ->
                            reading.source().partition(partition, Optional.of(new ResumeState(2, new byte[36]))))
                    .isInstanceOf(StateVersionException.class);
        }
    }

    @Test
    void aReaderGoesOnWhenTheBrokerComesBack(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.send(topic, 0, "before");
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic));
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            assertThat(Reading.rows(partition, 1).values()).containsExactly("before");
            cluster.kafka().kill();
            partition.poll(1, 1, Duration.ofMillis(100));
            cluster.kafka().restart();
            cluster.send(topic, 0, "after");
            assertThat(Reading.rows(partition, 1).values()).containsExactly("after");
        }
    }
}
