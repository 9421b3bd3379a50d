package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(RealBroker.class)
class SourceTest {
    private static String[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toArray(String[]::new);
    }

    @Test
    void readsABoundedPartitionToItsEndAndNoFurther(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.send(topic, 0, numbers(0, 100));
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "follow", false));
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            cluster.send(topic, 0, "late");
            Reading.Read read = Reading.toEnd(partition, 7);
            assertThat(read.values()).containsExactly(numbers(0, 100));
            assertThat(partition.poll(1, 1, Duration.ZERO)).isEqualTo(new Poll.End(read.state()));
        }
    }

    @Test
    void resumesAfterTheLastRowOfEveryBatch(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.send(topic, 0, numbers(0, 30));
        List<ResumeState> states = new ArrayList<>();
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "follow", false))) {
            try (SourcePartition partition = reading.partition(0, Optional.empty())) {
                for (int row = 0; row < 30; row++) {
                    states.add(Reading.rows(partition, 1).state());
                }
            }
            for (int row = 0; row < 30; row += 7) {
                try (SourcePartition again = reading.partition(0, Optional.of(states.get(row)))) {
                    assertThat(Reading.toEnd(again, 1024).values()).containsExactly(numbers(row + 1, 30));
                }
            }
        }
    }

    @Test
    void aLaterRunReadsFromTheEndOfTheLast(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.send(topic, 0, "first");
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "follow", false))) {
            ResumeState end;
            try (SourcePartition partition = reading.partition(0, Optional.empty())) {
                end = Reading.toEnd(partition, 10).state();
            }
            cluster.send(topic, 0, "second");
            try (SourcePartition partition = reading.partition(0, Optional.of(end))) {
                assertThat(Reading.toEnd(partition, 10).values()).containsExactly("second");
            }
        }
    }

    @Test
    void anEmptyPartitionEndsAtOnce(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "follow", false));
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            assertThat(partition.poll(1, 1, Duration.ZERO)).isInstanceOf(Poll.End.class);
        }
    }

    @Test
    void aStartAtLatestIsResolvedOnce(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.send(topic, 0, "before");
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "start", "latest"))) {
            ResumeState position;
            try (SourcePartition partition = reading.partition(0, Optional.empty())) {
                position = ((Poll.Idle) partition.poll(10, 1000, Duration.ZERO)).position();
            }
            cluster.send(topic, 0, "while down");
            try (SourcePartition partition = reading.partition(0, Optional.of(position))) {
                assertThat(Reading.rows(partition, 1).values()).containsExactly("while down");
            }
        }
    }

    @Test
    void startsAtATimeOrAtOffsets(TestCluster cluster) {
        String topic = cluster.topic(2);
        for (int second = 0; second < 3; second++) {
            cluster.send(new ProducerRecord<>(topic, 0, second * 1000L, null, ("s" + second).getBytes(UTF_8)));
        }
        cluster.send(topic, 1, numbers(0, 5));
        Map<String, Object> atTime = Map.of(
                "topics", topic, "follow", false, "start", "timestamp", "start-timestamp", "1970-01-01T00:00:01Z");
        try (Reading reading = Reading.of(cluster, atTime);
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            assertThat(Reading.toEnd(partition, 10).values()).containsExactly("s1", "s2");
        }
        Map<String, Object> atOffsets = Map.of(
                "topics", topic, "follow", false, "start", "offsets", "start-offsets", Map.of(topic + "-1", "3"));
        try (Reading reading = Reading.of(cluster, atOffsets);
                SourcePartition given = reading.partition(1, Optional.empty());
                SourcePartition left = reading.partition(0, Optional.empty())) {
            assertThat(Reading.toEnd(given, 10).values()).containsExactly("3", "4");
            assertThat(Reading.toEnd(left, 10).values()).hasSize(3);
        }
    }

    @Test
    void aPartitionAddedLaterIsReadFromItsStart(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "start", "latest"))) {
            assertThat(reading.partitions()).hasSize(1);
            cluster.addPartitions(topic, 2);
            cluster.send(topic, 1, "before it was found");
            try (SourcePartition added = reading.partition(1, Optional.empty())) {
                assertThat(Reading.rows(added, 1).values()).containsExactly("before it was found");
            }
        }
    }

    @Test
    void saysThatThereAreRowsAfterASilence(TestCluster cluster) throws InterruptedException {
        String topic = cluster.topic(1);
        CountDownLatch said = new CountDownLatch(1);
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic));
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            partition.onReady(said::countDown);
            assertThat(partition.poll(10, 1000, Duration.ZERO)).isInstanceOf(Poll.Idle.class);
            assertThat(said.getCount()).isOne();
            cluster.send(topic, 0, "news");
            assertThat(said.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(partition.poll(10, 1000, Duration.ZERO)).isInstanceOf(Poll.Rows.class);
        }
    }

    @Test
    void anInterruptedRunIsFollowedByOneThatReadsWhatCameSince(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.send(topic, 0, "a", "b");
        Map<String, Object> settings = Map.of("topics", topic, "follow", false);
        ResumeState state;
        try (Reading reading = Reading.of(cluster, settings);
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            state = Reading.rows(partition, 1).state();
            cluster.send(topic, 0, "c");
            try (SourcePartition again = reading.partition(0, Optional.of(state))) {
                assertThat(Reading.toEnd(again, 10).values())
                        .as("in the same run")
                        .containsExactly("b");
            }
        }
        try (Reading reading = Reading.of(cluster, settings);
                SourcePartition partition = reading.partition(0, Optional.of(state))) {
            assertThat(Reading.toEnd(partition, 10).values()).containsExactly("b", "c");
        }
    }

    @Test
    void findsTopicsByPattern(TestCluster cluster) {
        cluster.create("metrics-a", 1, Map.of());
        cluster.create("metrics-b", 2, Map.of());
        cluster.create("other-metrics-c", 1, Map.of());
        try (Reading reading = Reading.of(cluster, Map.of("topic-pattern", "metrics-.*"))) {
            assertThat(reading.partitions())
                    .extracting(Partition::id)
                    .containsExactlyInAnyOrder("metrics-a-0", "metrics-b-0", "metrics-b-1");
        }
    }

    @Test
    void readsOnlyWhatIsCommittedAndPassesOverMarkers(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (KafkaProducer<byte[], byte[]> producer = cluster.producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            TestCluster.await(producer.send(new ProducerRecord<>(topic, 0, null, "aborted".getBytes(UTF_8))));
            producer.abortTransaction();
            producer.beginTransaction();
            TestCluster.await(producer.send(new ProducerRecord<>(topic, 0, null, "committed".getBytes(UTF_8))));
            producer.commitTransaction();
        }
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "follow", false));
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            Reading.Read read = Reading.toEnd(partition, 10);
            assertThat(read.values()).containsExactly("committed");
            assertThat(reading.source().describe(read.state())).containsEntry("offset", "4");
        }
    }

    @Test
    void givesKeyHeadersAndPlaceAsColumnsAndTombstonesAsDeletes(TestCluster cluster) {
        String topic = cluster.topic(1);
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(topic, 0, 1_700_000_000_123L, "k".getBytes(UTF_8), "v".getBytes(UTF_8));
        sent.headers().add("trace", "a".getBytes(UTF_8)).add("trace", "b".getBytes(UTF_8));
        cluster.send(sent);
        cluster.send(
                new ProducerRecord<byte[], byte[]>(topic, 0, 1_700_000_000_124L, "k".getBytes(UTF_8), null, List.of()));
        Map<String, Object> settings = Map.of(
                "topics",
                topic,
                "follow",
                false,
                "metadata",
                List.of("key", "headers", "timestamp", "topic", "partition", "offset"));
        try (Reading reading = Reading.of(cluster, settings);
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            RecordBatch batch = Reading.toEnd(partition, 10).batches().get(0);
            Row first = batch.row(0);
            assertThat(first.get("kafka_key")).hasToString("0x6b");
            assertThat((List<?>) first.get("kafka_headers")).hasSize(2);
            assertThat(first.get("kafka_timestamp")).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
            assertThat(first.get("kafka_topic")).isEqualTo(topic);
            assertThat(first.get("kafka_offset")).isEqualTo(0L);
            assertThat(batch.operation(1)).isEqualTo(Operation.DELETE);
            assertThat(batch.column("record").isNull(1)).isTrue();
            assertThat(batch.eventTime(1)).isEqualTo(1_700_000_000_124_000L);
            assertThat(batch.origin().position(1)).isEqualTo("offset 1");
        }
    }

    @Test
    void keepsToTheLimitsOfAPoll(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.send(topic, 0, "x".repeat(1000), "y".repeat(1000), "z".repeat(5000), "end");
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "follow", false));
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            List<Integer> sizes = new ArrayList<>();
            Poll found = partition.poll(3, 2100, Duration.ofMillis(200));
            while (!(found instanceof Poll.End)) {
                if (found instanceof Poll.Rows rows) {
                    sizes.add(rows.rows().rowCount());
                }
                found = partition.poll(3, 2100, Duration.ofMillis(200));
            }
            assertThat(sizes).containsExactly(2, 1, 1);
        }
    }

    @Test
    void aTopicThatIsMissingIsAnErrorThatSaysSo(TestCluster cluster) {
        assertThatThrownBy(() -> Reading.of(cluster, Map.of("topics", "nowhere")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot find topic 'nowhere'")
                .hasMessageContaining("create it");
    }

    @Test
    void manyPartitionsShareOneConsumer(TestCluster cluster) {
        String topic = cluster.topic(20);
        for (int partition = 0; partition < 20; partition++) {
            cluster.send(topic, partition, numbers(0, 10));
        }
        try (Reading reading = Reading.of(cluster, Map.of("topics", topic, "follow", false))) {
            List<SourcePartition> open = new ArrayList<>();
            for (Partition partition : reading.partitions()) {
                open.add(reading.source().partition(partition, Optional.empty()));
            }
            for (SourcePartition partition : open) {
                assertThat(Reading.toEnd(partition, 100).values()).hasSize(10);
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("kafka-fetch-"))
                    .hasSize(1);
            open.forEach(SourcePartition::close);
        }
    }
}
