package dev.penstock.dataflow.window;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Values that wait for the watermark: given back by turn, those of one turn as they came. The turn of a value is its
 * time; that of a late one is the watermark that made it late, so that it meets the same windows whether or not the
 * values before it came in the same batch. Turns mostly ascend, so values are queued, and only the others lie in a
 * heap.
 *
 * @param <V> the values
 */
final class PendingValues<V> {
    private final ArrayDeque<Pending<V>> queue = new ArrayDeque<>(4);
    private @Nullable PriorityQueue<Pending<V>> strays;
    private long added;

    /** A value, and how many came before it. */
    record Pending<V>(long turn, long order, long time, int input, V value) {
        static final Comparator<Pending<?>> ORDER =
                Comparator.<Pending<?>>comparingLong(Pending::turn).thenComparingLong(Pending::order);
    }

    void add(long turn, long time, int input, V value) {
        Pending<V> pending = new Pending<>(turn, added++, time, input, value);
        Pending<V> last = queue.peekLast();
        if (last == null || last.turn <= turn) {
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

    /** The turn of the first value, or {@link WindowState#NO_TIMER}. */
    long firstTurn() {
        Pending<V> first = first();
        return first == null ? WindowState.NO_TIMER : first.turn;
    }

    /** Takes the first value, if its turn is not behind {@code watermark}. */
    @SuppressWarnings("ReferenceEquality") // which of the two queues the very object came from
    @Nullable Pending<V> poll(long watermark) {
        Pending<V> first = first();
        if (first == null || first.turn > watermark) {
            return null;
        }
        Pending<V> queued = queue.peekFirst();
        if (queued != null && queued.order == first.order) {
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
