package dev.penstock.engine.embedded.keyed;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * When keys with a time to live are to be looked at; a key that was put again since is queued anew when it comes up.
 */
final class Expiries<S> {
    private static final int ALWAYS_KEPT = 1_000;

    private final long timeToLive;
    private final PriorityQueue<Expiry<S>> queue = new PriorityQueue<>(Comparator.comparingLong(Expiry::millis));
    private int gone;

    private record Expiry<S>(long millis, KeyEntry<S> entry) {}

    /** @param timeToLive in milliseconds */
    Expiries(long timeToLive) {
        this.timeToLive = timeToLive;
    }

    /** The state of a key was put. */
    void touch(KeyEntry<S> entry, long nowMillis) {
        boolean queued = entry.touched != 0;
        entry.touched = Math.max(1, nowMillis);
        if (!queued) {
            queue.add(new Expiry<>(entry.touched + timeToLive, entry));
        }
    }

    /** A key that was put once is not in memory any more. */
    void gone() {
        gone++;
        if (2 * gone > queue.size() + ALWAYS_KEPT) {
            queue.removeIf(expiry -> !expiry.entry().live);
            gone = 0;
        }
    }

    /** The next key whose time is over, or null. */
    @Nullable KeyEntry<S> poll(long nowMillis) {
        for (Expiry<S> next = queue.peek(); next != null && next.millis() <= nowMillis; next = queue.peek()) {
            queue.poll();
            KeyEntry<S> entry = next.entry();
            long due = entry.touched + timeToLive;
            if (entry.live && due > nowMillis) {
                queue.add(new Expiry<>(due, entry));
            } else if (entry.live) {
                return entry;
            }
        }
        return null;
    }

    /** When the next key may expire, in milliseconds, or {@link Long#MAX_VALUE}. */
    long next() {
        Expiry<S> next = queue.peek();
        return next == null ? Long.MAX_VALUE : next.millis();
    }
}
