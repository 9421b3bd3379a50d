package dev.penstock.engine.embedded.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits between readers and a worker, bounded in bytes. A reader reserves room before it polls; if there is none,
 * it is set aside and woken when half of the room is free again, so that no thread ever waits for a slow worker.
 */
final class LaneQueue {
    private final long limit;
    private final Consumer<List<PartitionReader>> wake;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Item> items = new ArrayDeque<>();
    private final List<PartitionReader> aside = new ArrayList<>();
    private long used;
    private boolean signalled;

    LaneQueue(long limit, Consumer<List<PartitionReader>> wake) {
        this.limit = limit;
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
            if (used > 0 && used + bytes > limit) {
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
            return items.poll();
        } finally {
            lock.unlock();
        }
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
            items.remove();
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
        if (aside.isEmpty() || used > limit / 2) {
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
