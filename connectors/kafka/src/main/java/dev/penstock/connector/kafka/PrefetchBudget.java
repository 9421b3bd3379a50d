package dev.penstock.connector.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides which partitions are paused. A partition of which nothing is waiting is never paused, so that a reader that
 * stands still cannot starve the others; one of which something is waiting is, once it has a quarter of the budget or
 * all together have the whole.
 */
final class PrefetchBudget {
    private static final int SHARE = 4;

    private final long bytes;
    private final AtomicLong total;
    private final Set<FetchBuffer> filled = new HashSet<>();
    private final Set<FetchBuffer> paused = ConcurrentHashMap.newKeySet();

    PrefetchBudget(long bytes, AtomicLong total) {
        this.bytes = bytes;
        this.total = total;
    }

    /** The thread of the fetcher has put something into {@code buffer}. */
    void filled(FetchBuffer buffer) {
        filled.add(buffer);
    }

    boolean isPaused(FetchBuffer buffer) {
        return paused.contains(buffer);
    }

    private boolean mustPause(FetchBuffer buffer) {
        long waiting = buffer.bytes();
        return waiting > 0 && (waiting >= bytes / SHARE || total.get() >= bytes);
    }

    /** Well below where it was paused, so that it is not resumed for a record or two. */
    boolean mayResume(FetchBuffer buffer) {
        long waiting = buffer.bytes();
        return waiting == 0 || (waiting <= bytes / SHARE / 2 && total.get() <= bytes / 2);
    }

    /** Pauses and resumes; only the thread of the fetcher. */
    void update(Consumer<ByteBuffer, ByteBuffer> consumer, Map<TopicPartition, FetchBuffer> fetched) {
        List<TopicPartition> changes = new ArrayList<>();
        paused.removeIf(buffer -> {
            boolean isFetched = fetched.get(buffer.partition()) == buffer;
            boolean resume = !isFetched || mayResume(buffer);
            if (resume && isFetched) {
                changes.add(buffer.partition());
            }
            return resume;
        });
        if (!changes.isEmpty()) {
            consumer.resume(changes);
            changes.clear();
        }
        filled.removeIf(buffer -> {
            if (fetched.get(buffer.partition()) == buffer && mustPause(buffer) && paused.add(buffer)) {
                changes.add(buffer.partition());
            }
            return true;
        });
        if (!changes.isEmpty()) {
            consumer.pause(changes);
        }
    }
}
