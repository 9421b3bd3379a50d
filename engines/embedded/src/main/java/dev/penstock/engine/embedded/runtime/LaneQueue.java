package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.RuntimeSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits between readers and a worker, bounded in bytes and, for sources of small rows that are quick to read, in
 * rows: what waits longer than the worker needs only leaves the processor's cache. A reader reserves room before it
 * polls; if there is none, it is set aside and woken when half of the room is free again, so that no thread ever waits
 * for a slow worker.
 */
final class LaneQueue {
    /** With the rows of so many full batches in it, no further poll begins. */
    private static final int FULL_BATCHES = 8;

    private final long limit;
    private final long maxRows;
    private final Consumer<List<PartitionReader>> wake;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Item> items = new ArrayDeque<>();
    private final List<PartitionReader> aside = new ArrayList<>();
    private long used;
    private long rows;
    private boolean signalled;

    /** A queue that may hold one of {@code parts} even parts of what may wait. */
    LaneQueue(RuntimeSettings runtime, int parts, Consumer<List<PartitionReader>> wake) {
        this.limit = Math.max(1, runtime.queueBytes() / parts);
        this.maxRows = (long) FULL_BATCHES * runtime.batchRows();
        this.wake = wake;
    }

    long limit() {
        return limit;
    }

    long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /** Takes room for what a poll may give; if there is none, sets {@code reader} aside. */
    boolean reserve(long bytes, PartitionReader reader) {
        lock.lock();
        try {
            if (rows >= maxRows || (used > 0 && used + bytes > limit)) {
                aside.add(reader);
                return false;
            }
            used += bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Adds an item and gives back the difference between what was reserved and what it takes. */
    void put(Item item, long reserved) {
        List<PartitionReader> woken;
        lock.lock();
        try {
            items.add(item);
            rows += item.rows();
            used += item.bytes() - reserved;
            arrived.signal();
            woken = toWake();
        } finally {
            lock.unlock();
        }
        wake(woken);
    }

    /** Gives back what was reserved for a poll that found nothing. */
    void release(long reserved) {
        List<PartitionReader> woken;
        lock.lock();
        try {
            used -= reserved;
            woken = toWake();
        } finally {
            lock.unlock();
        }
        wake(woken);
    }

    /** The next item; nothing if none came in {@code nanos} or {@link #signal} was called. */
    @Nullable Item take(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (items.isEmpty() && !signalled && left > 0) {
                left = arrived.awaitNanos(left);
            }
            signalled = false;
            return taken(items.poll());
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Item taken(@Nullable Item item) {
        rows -= item == null ? 0 : item.rows();
        return item;
    }

    /** The next item if it is there. */
    @Nullable Item peek() {
        lock.lock();
        try {
            return items.peek();
        } finally {
            lock.unlock();
        }
    }

    /** Takes what {@link #peek} has shown. Only the worker takes, so it is still there. */
    void drop() {
        lock.lock();
        try {
            rows -= items.remove().rows();
        } finally {
            lock.unlock();
        }
    }

    /** The worker is done with {@code bytes}. */
    void done(long bytes) {
        if (bytes > 0) {
            release(bytes);
        }
    }

    /** Makes {@link #take} return. */
    void signal() {
        lock.lock();
        try {
            signalled = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private List<PartitionReader> toWake() {
        if (aside.isEmpty() || used > limit / 2 || rows > maxRows / 2) {
            return List.of();
        }
        List<PartitionReader> woken = List.copyOf(aside);
        aside.clear();
        return woken;
    }

    private void wake(List<PartitionReader> woken) {
        if (!woken.isEmpty()) {
            wake.accept(woken);
        }
    }
}
