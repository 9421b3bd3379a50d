package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A topic that the broker has compacted, so that offsets are missing and tombstones are left. */
@Timeout(120)
@ExtendWith(RealBroker.class)
class CompactedTopicTest {
    private static final Tuple[] LEFT = {
        tuple(Operation.INSERT, "0x61", 2L), tuple(Operation.DELETE, "0x62", 3L), tuple(Operation.INSERT, "0x63", 4L)
    };

    private static String compacted(TestCluster cluster) {
        String topic = cluster.topic(
                1, Map.of("cleanup.policy", "compact", "segment.ms", "50", "min.cleanable.dirty.ratio", "0.01"));
        send(cluster, topic, "a", "a1");
        send(cluster, topic, "b", "b1");
        send(cluster, topic, "a", "a2");
        send(cluster, topic, "b", null);
        send(cluster, topic, "c", "c1");
        Waiting.until("the topic is compacted", Duration.ofSeconds(60), () -> {
            send(cluster, topic, "later", "ends a segment");
            List<@Nullable String> values = cluster.committedValues(topic);
            return !values.contains("a1") && !values.contains("b1");
        });
        return topic;
    }

    private static void send(TestCluster cluster, String topic, String key, @Nullable String value) {
        cluster.send(new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)));
    }

    private static Reading reading(TestCluster cluster, String topic, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putAll(Map.of("topics", topic, "follow", false, "metadata", List.of("key", "offset")));
        return Reading.of(cluster, settings);
    }

    private static List<Tuple> rows(Reading.Read read) {
        return read.batches().stream()
                .flatMap(batch -> batch.toRows().stream())
                .filter(row -> (long) row.get("kafka_offset", Long.class) < 5)
                .map(CompactedTopicTest::summary)
                .toList();
    }

    private static Tuple summary(Row row) {
        return tuple(row.operation(), String.valueOf(row.get("kafka_key")), row.get("kafka_offset"));
    }

    @Test
    void isReadWithItsGapsAndItsTombstones(TestCluster cluster) {
        String topic = compacted(cluster);
        try (Reading reading = reading(cluster, topic, Map.of());
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            assertThat(rows(Reading.toEnd(partition, 2))).containsExactly(LEFT);
        }
    }

    @Test
    void isResumedAndBegunWhereNoRecordIsLeft(TestCluster cluster) {
        String topic = compacted(cluster);
        Map<String, Object> second = Map.of("start", "offsets", "start-offsets", Map.of(topic + "-0", "1"));
        try (Reading reading = reading(cluster, topic, second)) {
            ResumeState after;
            try (SourcePartition partition = reading.partition(0, Optional.empty())) {
                Reading.Read first = Reading.rows(partition, 1);
                assertThat(rows(first)).containsExactly(LEFT[0]);
                after = first.state();
            }
            try (SourcePartition partition = reading.partition(0, Optional.of(after))) {
                assertThat(rows(Reading.toEnd(partition, 1024))).containsExactly(LEFT[1], LEFT[2]);
            }
        }
    }
}
