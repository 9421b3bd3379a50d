package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one clock, soonest first. A timer that was taken back stays in the heap until it comes up, and is then
 * passed over; when those are the most, the heap is built anew.
 */
final class TimerQueue<S> {
    private static final int ALWAYS_KEPT = 1_000;

    private final PriorityQueue<Due<S>> heap =
            new PriorityQueue<>(Comparator.comparingLong((Due<S> due) -> due.timer.time())
                    .thenComparing(due -> due.entry.key)
                    .thenComparingLong(due -> due.timer.tag()));

    /** Those that came up while only older ones were wanted. */
    private final List<Due<S>> parked = new ArrayList<>();

    /** How many are set and not taken back. */
    private int live;

    private long added;

    /** A timer of a key, and how many were added before it. */
    record Due<S>(Timer timer, KeyEntry<S> entry, long order) {
        boolean isSet() {
            return entry.live && entry.has(timer);
        }
    }

    /** Queues a timer that its key has just got. */
    void add(Timer timer, KeyEntry<S> entry) {
        heap.add(new Due<>(timer, entry, added++));
        live++;
    }

    /** Notes that a key has lost {@code count} timers without their being due. */
    void forget(int count) {
        live -= count;
        if (heap.size() > 2 * live + ALWAYS_KEPT) {
            heap.removeIf(due -> !due.isSet());
        }
    }

    /** Takes the next timer that is due at {@code now}, which its key then has no more. */
    Optional<Due<S>> poll(long now) {
        Due<S> first = first();
        if (first == null || first.timer.time() > now) {
            return Optional.empty();
        }
        heap.poll();
        first.entry.remove(first.timer);
        live--;
        return Optional.of(first);
    }

    /** How many were ever added. */
    long added() {
        return added;
    }

    /** As {@link #poll}, whatever the time, of those that were there when {@link #added} was {@code before}. */
    Optional<Due<S>> pollAddedBefore(long before) {
        Due<S> first = first();
        while (first != null && first.order >= before) {
            parked.add(first);
            heap.poll();
            first = first();
        }
        return first == null ? Optional.empty() : poll(Long.MAX_VALUE);
    }

    /** Takes those back that {@link #pollAddedBefore} passed over. */
    void unpark() {
        heap.addAll(parked);
        parked.clear();
    }

    /** When the next timer is due, or {@link Long#MAX_VALUE}. */
    long next() {
        Due<S> first = first();
        return first == null ? Long.MAX_VALUE : first.timer.time();
    }

    private @Nullable Due<S> first() {
        Due<S> first = heap.peek();
        while (first != null && !first.isSet()) {
            heap.poll();
            first = heap.peek();
        }
        return first;
    }
}
