package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Key;
import dev.penstock.dataflow.operator.Timer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a worker knows of a key. */
final class KeyEntry<S> {
    /** No row of the batch at hand. */
    static final int NONE = -1;

    final Key key;

    /** The next entry of the same slot of the table. */
    @Nullable KeyEntry<S> next;

    @Nullable S state;

    /** Most keys have none or one, so a short list beats a set. */
    @Nullable List<Timer> timers;

    /** When the state was put last, in milliseconds since 1970; counts where there is a time to live. */
    long touched;

    /** Whether the store has the key, or will have it when the last snapshot is sealed. */
    boolean stored;

    /** Whether it has changed since the last snapshot. */
    boolean dirty;

    /** Whether it is in the table; one that was dropped may still be named in queues. */
    boolean live = true;

    /** The first and the last row of the batch at hand, linked in {@code KeyGroups}. */
    int first = NONE;

    int last = NONE;
    int count;

    KeyEntry(Key key) {
        this.key = key;
    }

    boolean isEmpty() {
        return state == null && (timers == null || timers.isEmpty());
    }

    boolean add(Timer timer) {
        List<Timer> known = timers;
        if (known == null) {
            known = new ArrayList<>(1);
            timers = known;
        }
        return !known.contains(timer) && known.add(timer);
    }

    boolean remove(Timer timer) {
        return timers != null && timers.remove(timer);
    }

    boolean has(Timer timer) {
        return timers != null && timers.contains(timer);
    }

    List<Timer> timers() {
        return timers == null ? List.of() : timers;
    }
}
