package dev.penstock.connector.postgres;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Messages that have come and were not decoded yet: filled by the thread of a {@link ReplicationReader}. */
final class ReplicationBuffer {
    /** Messages in their order. */
    static final class Chunk {
        private ByteBuffer[] messages = new ByteBuffer[64];
        private int count;
        private int next;
        private long bytes;
        private long reached;

        /** Adds a message. */
        void add(ByteBuffer message) {
            if (count == messages.length) {
                messages = Arrays.copyOf(messages, 2 * count);
            }
            messages[count++] = message;
            bytes += message.capacity();
        }

        /** Everything the server had to say about positions before {@code position} is in this and earlier chunks. */
        void reached(long position) {
            reached = position;
        }

        long reached() {
            return reached;
        }

        boolean isEmpty() {
            return count == 0;
        }

        long bytes() {
            return bytes;
        }

        int count() {
            return count;
        }

        /** The next message, or null; it stays the next until {@link #advance}. */
        @Nullable ByteBuffer peek() {
            return next < count ? messages[next] : null;
        }

        void advance() {
            messages[next++] = EMPTY;
        }

        private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
    }

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private long bytes;
    private volatile Runnable ready = () -> {};
    private boolean missed;
    private boolean woken;
    private @Nullable RuntimeException failure;

    ReplicationBuffer(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** What is to run when there is something after a {@link #take} that found nothing. */
    void onReady(Runnable listener) {
        ready = listener;
    }

    /** Adds {@code chunk} if there is room within {@code maxWait}; an empty buffer has room for any. */
    boolean put(Chunk chunk, Duration maxWait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = maxWait.toNanos();
            while (bytes > 0 && bytes + chunk.bytes() > maxBytes && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (bytes > 0 && bytes + chunk.bytes() > maxBytes) {
                return false;
            }
            chunks.add(chunk);
            bytes += chunk.bytes();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        tell();
        return true;
    }

    /** Nothing more will come, because of {@code cause}; what came before can still be taken. */
    void fail(RuntimeException cause) {
        lock.lock();
        try {
            failure = failure == null ? cause : failure;
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

    /** What came next, or null if there is nothing within {@code maxWait}, or the wait was cut short. */
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
            if (chunk != null) {
                bytes -= chunk.bytes();
                changed.signalAll();
            }
            missed = chunk == null;
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until somebody {@linkplain #poke pokes}, without taking anything; gives whether somebody did. A failure
     * does not wait for what came before it: nobody takes that while the stream stands still, and it is read again.
     */
    boolean awaitPoke(Duration maxWait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = maxWait.toNanos();
            while (failure == null && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            boolean poked = woken;
            missed = !poked;
            woken = false;
            if (failure != null) {
                throw failure;
            }
            return poked;
        } finally {
            lock.unlock();
        }
    }

    /** The bytes that have come and were not taken. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** There may be something to read elsewhere: ends the reader's wait, or says so if it does not wait. */
    void poke() {
        wakeup();
        tell();
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
}
