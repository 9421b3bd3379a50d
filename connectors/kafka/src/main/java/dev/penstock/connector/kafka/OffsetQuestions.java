package dev.penstock.connector.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the offset of one partition, and in the same request for those of all others that will be asked for next:
 * one by one, a thousand partitions take a thousand round trips. Nobody waits for the answer about another one, and
 * what was answered longer than a moment ago is asked again. Safe for use by several threads.
 */
final class OffsetQuestions {
    private static final long FRESH_NANOS = 1_000_000_000;

    private final Cluster cluster;
    private final Supplier<OffsetSpec> spec;
    private final Set<TopicPartition> expected = new HashSet<>();
    private Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> asked = new HashMap<>();
    private long askedNanos;

    OffsetQuestions(Cluster cluster, Supplier<OffsetSpec> spec) {
        this.cluster = cluster;
        this.spec = spec;
    }

    /** {@code partitions} will most likely be asked for soon. */
    synchronized void expect(Collection<TopicPartition> partitions) {
        expected.addAll(partitions);
    }

    /** The offset of {@code partition}; empty if it is not there. */
    Optional<ListOffsetsResultInfo> ask(TopicPartition partition) {
        return cluster.offset(partition, question(partition));
    }

    private synchronized KafkaFuture<ListOffsetsResultInfo> question(TopicPartition partition) {
        expected.remove(partition);
        @Nullable KafkaFuture<ListOffsetsResultInfo> known = asked.remove(partition);
        if (known != null && System.nanoTime() - askedNanos < FRESH_NANOS) {
            return known;
        }
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        specs.put(partition, spec.get());
        expected.forEach(other -> specs.put(other, spec.get()));
        asked = cluster.askOffsets(specs, cluster.patience());
        askedNanos = System.nanoTime();
        KafkaFuture<ListOffsetsResultInfo> own = asked.remove(partition);
        if (own == null) {
            throw new IllegalStateException(
                    "Cannot ask for the offset of '" + partition + "': there is no answer to it");
        }
        return own;
    }
}
