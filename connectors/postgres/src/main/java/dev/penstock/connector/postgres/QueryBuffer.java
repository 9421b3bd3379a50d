package dev.penstock.connector.postgres;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the thread of a {@link QueryReader} has found out and nobody has taken yet; bounded in bytes. */
final class QueryBuffer {
    /** Something that was found out. */
    sealed interface Item {
        /** Rows. */
        record Part(QueryPart part) implements Item {}

        /** The rows that come now are all that there will ever be before {@code until}. */
        record Settled(QueryEdge until) implements Item {}

        /** All rows up to that end have been given. */
        record Done() implements Item {}

        /** Nothing more will come in this run. */
        record Finished() implements Item {}
    }

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Item> items = new ArrayDeque<>();
    private long bytes;
    private Runnable ready = () -> {};
    private boolean missed;
    private boolean woken;
    private boolean closed;
    private @Nullable RuntimeException failure;

    QueryBuffer(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    private static long bytes(Item item) {
        return item instanceof Item.Part part ? part.part().bytes() : 0;
    }

    /** What is to run when there is something after a {@link #take} that found nothing. */
    void onReady(Runnable listener) {
        lock.lock();
        try {
            ready = listener;
        } finally {
            lock.unlock();
        }
    }

    /** Adds {@code item} once there is room; an empty buffer has room for any. */
    void put(Item item) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (bytes > 0 && bytes + bytes(item) > maxBytes && !closed) {
                changed.await();
            }
            requireOpen();
            items.add(item);
            bytes += bytes(item);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        tell();
    }

    /** Lets the reading thread rest. */
    void pause(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
            requireOpen();
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws InterruptedException {
        if (closed) {
            throw new InterruptedException("nobody reads any more");
        }
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
        Runnable told = null;
        lock.lock();
        try {
            if (missed) {
                told = ready;
                missed = false;
            }
        } finally {
            lock.unlock();
        }
        if (told != null) {
            told.run();
        }
    }

    /** What came next, or null if there is nothing until {@code deadline}, or the wait was cut short. */
    @Nullable Item take(long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = deadline - System.nanoTime();
            while (items.isEmpty() && failure == null && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            Item item = items.poll();
            if (item == null && failure != null) {
                throw failure;
            }
            missed = item == null;
            if (item != null) {
                bytes -= bytes(item);
                changed.signalAll();
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    /** The wait of who takes, or the next one, is over. */
    void wakeup() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** From now on a take waits again. */
    void awake() {
        lock.lock();
        try {
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends what the reading thread waits for here. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
