package dev.penstock.connector.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What topics take, so that a row that a broker would refuse is refused before it is accepted. One thread at a time,
 * except for {@link #wakeup}.
 */
final class TopicLimits {
    private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(5).toNanos();
    /** What a batch of one record takes besides its key, value and headers, and some more. */
    private static final int OVERHEAD = 128;

    private static final int HEADER_OVERHEAD = 10;

    private final Cluster cluster;
    private final Map<String, Known> known = new HashMap<>();

    TopicLimits(Cluster cluster) {
        this.cluster = cluster.alone();
    }

    /** Ends a wait for what a topic takes. Any thread. */
    void wakeup() {
        cluster.wakeup();
    }

    /** What is known of a topic, and when it was asked. */
    private record Known(Optional<Cluster.Limits> limits, long asked) {}

    /** Why a broker would refuse {@code record}; empty if it would not. */
    Optional<String> reason(ProducerRecord<?, byte @Nullable []> record, byte @Nullable [] key) {
        Integer partition = record.partition();
        Optional<Cluster.Limits> limits = limits(record.topic(), partition == null ? 0 : partition);
        if (limits.isEmpty()) {
            return Optional.of("topic '" + record.topic() + "' does not exist");
        }
        if (partition != null && (partition < 0 || partition >= limits.get().partitions())) {
            return Optional.of("topic '" + record.topic() + "' has no partition " + partition);
        }
        long size = size(record, key);
        return size > limits.get().maxBytes()
                ? Optional.of("its record takes " + size + " bytes, and topic '" + record.topic() + "' takes "
                        + limits.get().maxBytes() + "; raise max.message.bytes of the topic")
                : Optional.empty();
    }

    private static long size(ProducerRecord<?, byte @Nullable []> record, byte @Nullable [] key) {
        byte[] value = record.value();
        long size = OVERHEAD + (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
        for (Header header : record.headers()) {
            byte[] content = header.value();
            size += 3L * header.key().length() + HEADER_OVERHEAD + (content == null ? 0 : content.length);
        }
        return size;
    }

    private Optional<Cluster.Limits> limits(String topic, int partition) {
        Known now = known.get(topic);
        boolean enough = now != null
                && now.limits()
                        .filter(limits -> partition < limits.partitions())
                        .isPresent();
        if (now == null || (!enough && System.nanoTime() - now.asked() > ASK_AGAIN_NANOS)) {
            now = new Known(
                    Optional.ofNullable(
                            cluster.limits(List.of(topic), cluster.patience()).get(topic)),
                    System.nanoTime());
            known.put(topic, now);
        }
        return now.limits();
    }
}
