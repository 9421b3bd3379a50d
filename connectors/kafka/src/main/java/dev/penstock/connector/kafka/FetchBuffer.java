package dev.penstock.connector.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What was fetched of one partition and not read yet: filled by the thread of a {@link Fetcher}, emptied by a reader.
 */
final class FetchBuffer {
    private final TopicPartition partition;
    private final String id;
    private final Position from;
    private final AtomicLong total;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile Runnable ready = () -> {};
    private boolean missed;
    private boolean woken;
    private @Nullable RuntimeException failure;

    /**
     * An empty buffer.
     *
     * @param from where fetching begins
     * @param total the bytes in all buffers that share a budget
     */
    FetchBuffer(PartitionName name, Position from, AtomicLong total) {
        this.partition = name.partition();
        this.id = name.id();
        this.from = from;
        this.total = total;
    }

    TopicPartition partition() {
        return partition;
    }

    /** The id of the partition. */
    String id() {
        return id;
    }

    Position from() {
        return from;
    }

    /** The bytes that were fetched and not read. */
    long bytes() {
        return bytes.get();
    }

    /** What is to run when there is something after a {@link #take} that found nothing. */
    void onReady(Runnable listener) {
        ready = listener;
    }

    void put(Chunk chunk) {
        lock.lock();
        try {
            chunks.add(chunk);
            add(chunk.bytes());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        tell();
    }

    private void tell() {
        boolean wanted;
        lock.lock();
        try {
            wanted = missed;
            missed = false;
        } finally {
            lock.unlock();
        }
        if (wanted) {
            ready.run();
        }
    }

    /** Nothing more will be fetched, because of {@code cause}; what was fetched before can still be read. */
    void fail(RuntimeException cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        tell();
    }

    /** What was fetched next, or null if there is nothing within {@code maxWait}, or the wait was cut short. */
    @Nullable Chunk take(Duration maxWait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = maxWait.toNanos();
            while (chunks.isEmpty() && failure == null && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            Chunk chunk = chunks.poll();
            if (chunk == null && failure != null) {
                throw failure;
            }
            missed = chunk == null;
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    /** The reader is done with a chunk. */
    void release(Chunk chunk) {
        lock.lock();
        try {
            add(-chunk.bytes());
        } finally {
            lock.unlock();
        }
    }

    private void add(long amount) {
        bytes.addAndGet(amount);
        total.addAndGet(amount);
    }

    /** The reader's wait, or its next one, is over. */
    void wakeup() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody reads it any more. */
    void clear() {
        lock.lock();
        try {
            chunks.clear();
            add(-bytes.get());
        } finally {
            lock.unlock();
        }
    }
}
