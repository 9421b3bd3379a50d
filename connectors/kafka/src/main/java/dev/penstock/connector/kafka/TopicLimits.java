package dev.penstock.connector.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What topics take, so that a row that a broker would refuse is refused before it is accepted. One thread at a time,
 * except for {@link #wakeup}.
 */
final class TopicLimits {
    private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(5).toNanos();
    /** What a batch of one record takes besides its key, value and headers, and some more. */
    private static final int OVERHEAD = 128;

    private final Cluster cluster;
    private final Map<String, Known> known = new HashMap<>();
    private String lastTopic = "";
    private @Nullable Known last;

    TopicLimits(Cluster cluster) {
        this.cluster = cluster.alone();
    }

    /** Ends a wait for what a topic takes. Any thread. */
    void wakeup() {
        cluster.wakeup();
    }

    /** What is known of a topic, and when it was asked. */
    private record Known(Cluster.@Nullable Limits limits, long asked) {}

    /** Why a broker would refuse the record of {@code row}; empty if it would not. */
    Optional<String> reason(RowColumns rows, int row, byte @Nullable [] key) {
        String topic = rows.topic(row);
        Integer partition = rows.partition(row);
        Cluster.Limits limits = limits(topic, partition == null ? 0 : partition);
        if (limits == null) {
            return Optional.of("topic '" + topic + "' does not exist");
        }
        if (partition != null && (partition < 0 || partition >= limits.partitions())) {
            return Optional.of("topic '" + topic + "' has no partition " + partition);
        }
        long size = OVERHEAD + (key == null ? 0L : key.length) + rows.sizeBesideKey(row);
        return size > limits.maxBytes()
                ? Optional.of("its record takes " + size + " bytes, and topic '" + topic + "' takes "
                        + limits.maxBytes() + "; raise max.message.bytes of the topic")
                : Optional.empty();
    }

    private Cluster.@Nullable Limits limits(String topic, int partition) {
        Known now = topic.equals(lastTopic) ? last : known.get(topic);
        boolean enough =
                now != null && now.limits() != null && partition < now.limits().partitions();
        if (now == null || (!enough && System.nanoTime() - now.asked() > ASK_AGAIN_NANOS)) {
            now = new Known(cluster.limits(List.of(topic), cluster.patience()).get(topic), System.nanoTime());
            known.put(topic, now);
        }
        lastTopic = topic;
        last = now;
        return now.limits();
    }
}
