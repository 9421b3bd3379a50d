package dev.penstock.connector.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The offsets that tools which show lag are to see. They are not what reading goes on from, so a commit that fails is
 * said and left; the next one says more than it would have.
 */
final class GroupOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaConnector.class);
    private static final Duration LAST_COMMIT = Duration.ofMillis(500);

    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();

    GroupOffsets(Consumer<ByteBuffer, ByteBuffer> consumer) {
        this.consumer = consumer;
    }

    /** From any thread; tells whether the thread of the fetcher should hear of it. */
    synchronized boolean add(TopicPartition partition, OffsetAndMetadata next) {
        boolean wasEmpty = due.isEmpty();
        due.put(partition, next);
        return wasEmpty;
    }

    private synchronized void addBack(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach(due::putIfAbsent);
    }

    private synchronized Map<TopicPartition, OffsetAndMetadata> takeDue() {
        Map<TopicPartition, OffsetAndMetadata> taken = Map.copyOf(due);
        due.clear();
        return taken;
    }

    /** Sends what is due. */
    void commit() {
        Map<TopicPartition, OffsetAndMetadata> taken = takeDue();
        if (!taken.isEmpty()) {
            consumer.commitAsync(taken, (offsets, failure) -> {
                if (failure instanceof RetriableException) {
                    addBack(taken); // the first commit of all finds out who is responsible for the group
                } else if (failure != null) {
                    LOG.warn("Cannot commit offsets of the consumer group: {}", failure.toString());
                }
            });
        }
    }

    /** Sends what is due, and waits for all that was sent. */
    void finish() {
        Map<TopicPartition, OffsetAndMetadata> taken = takeDue();
        // Once more if a wake-up that was meant for the fetch before cuts it short.
        for (int attempt = 0; !taken.isEmpty() && attempt < 2; attempt++) {
            try {
                consumer.commitSync(taken, LAST_COMMIT);
                return;
            } catch (WakeupException e) {
                LOG.debug("The commit of offsets was woken");
            } catch (KafkaException e) {
                LOG.warn("Cannot commit offsets of the consumer group: {}", e.toString());
                return;
            }
        }
    }
}
