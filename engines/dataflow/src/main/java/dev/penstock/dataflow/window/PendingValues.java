package dev.penstock.dataflow.window;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Values that wait for the watermark: given back by time, those of one time as they came. Values mostly come in the
 * order of time, so those that do are queued, and only the others lie in a heap.
 *
 * @param <V> the values
 */
final class PendingValues<V> {
    private final ArrayDeque<Pending<V>> queue = new ArrayDeque<>(4);
    private @Nullable PriorityQueue<Pending<V>> strays;
    private long added;

    /** A value, and how many came before it. */
    record Pending<V>(long time, long order, int input, V value) {
        static final Comparator<Pending<?>> ORDER =
                Comparator.<Pending<?>>comparingLong(Pending::time).thenComparingLong(Pending::order);
    }

    void add(long time, int input, V value) {
        Pending<V> pending = new Pending<>(time, added++, input, value);
        Pending<V> last = queue.peekLast();
        if (last == null || last.time <= time) {
            queue.addLast(pending);
        } else {
            strays().add(pending);
        }
    }

    private PriorityQueue<Pending<V>> strays() {
        PriorityQueue<Pending<V>> known = strays;
        if (known == null) {
            known = new PriorityQueue<>(Pending.ORDER);
            strays = known;
        }
        return known;
    }

    int size() {
        return queue.size() + (strays == null ? 0 : strays.size());
    }

    boolean isEmpty() {
        return queue.isEmpty() && (strays == null || strays.isEmpty());
    }

    /** The time of the first value, or {@link WindowState#NO_TIMER}. */
    long firstTime() {
        Pending<V> first = first();
        return first == null ? WindowState.NO_TIMER : first.time;
    }

    /** Takes the first value, if its time is not behind {@code watermark}. */
    @Nullable Pending<V> poll(long watermark) {
        Pending<V> first = first();
        if (first == null || first.time > watermark) {
            return null;
        }
        if (first == queue.peekFirst()) {
            queue.removeFirst();
        } else {
            strays().remove();
        }
        return first;
    }

    private @Nullable Pending<V> first() {
        Pending<V> queued = queue.peekFirst();
        Pending<V> stray = strays == null ? null : strays.peek();
        if (queued == null || stray == null) {
            return queued == null ? stray : queued;
        }
        return Pending.ORDER.compare(queued, stray) <= 0 ? queued : stray;
    }

    /** All values, in the order in which they are given back. */
    List<Pending<V>> inOrder() {
        List<Pending<V>> all = new ArrayList<>(queue);
        if (strays != null) {
            all.addAll(strays);
            all.sort(Pending.ORDER);
        }
        return all;
    }
}
