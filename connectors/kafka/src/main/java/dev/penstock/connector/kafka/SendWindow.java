package dev.penstock.connector.kafka;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Sends records with one producer, and no more of them than brokers need to be kept busy: a producer takes as much as
 * its memory holds, which must be more than the largest record and is far more than what is under way. Keeps the first
 * failure. One thread sends; the producer's thread hears.
 */
final class SendWindow implements Callback {
    private static final long MOST_BYTES = 8L << 20;
    private static final long NOBODY = Long.MAX_VALUE;

    private final Producer<byte[], byte @Nullable []> producer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** What has arrived; only the producer's thread adds to it. */
    private volatile long heardBytes;
    /** How much must have arrived before the sender goes on, if it waits. */
    private volatile long awaited = NOBODY;

    private @Nullable Exception failure;
    private volatile boolean ended;
    private long sentBytes;
    private long mayReach = MOST_BYTES;

    SendWindow(Producer<byte[], byte @Nullable []> producer) {
        this.producer = producer;
    }

    /** Sends {@code record}, after it has waited until little enough is under way; after a failure it never waits. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears what the future would say
    void send(ProducerRecord<byte[], byte @Nullable []> record) {
        if (sentBytes >= mayReach && !ended) {
            awaitRoom();
        }
        sentBytes += bytes(record.key()) + bytes(record.value());
        producer.send(record, this);
    }

    private static long bytes(byte @Nullable [] part) {
        return part == null ? 0 : part.length;
    }

    private void awaitRoom() {
        lock.lock();
        try {
            if (sentBytes - heardBytes >= MOST_BYTES) {
                // Before what has arrived is read: who adds to that looks here afterwards.
                awaited = sentBytes - MOST_BYTES / 2;
                while (heardBytes < awaited && failure == null) {
                    changed.await();
                }
            }
            mayReach = heardBytes + MOST_BYTES;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            awaited = NOBODY;
            lock.unlock();
        }
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception != null || metadata == null) {
            failed(exception);
            return;
        }
        long heard =
                heardBytes + Math.max(0, metadata.serializedKeySize()) + Math.max(0, metadata.serializedValueSize());
        heardBytes = heard;
        if (heard >= awaited) {
            lock.lock();
            try {
                changed.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    private void failed(@Nullable Exception exception) {
        lock.lock();
        try {
            failure = failure == null ? exception : failure;
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The first failure; null if there is none so far. */
    @Nullable Exception failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }
}
