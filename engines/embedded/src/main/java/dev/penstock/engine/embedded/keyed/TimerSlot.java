package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Timer;
import java.util.function.Consumer;

/** The entries that have set one and the same timer: one, or a million of windows that end together. */
final class TimerSlot<S> {
    /** What all of them have. */
    final Timer timer;

    /** A {@link KeyEntry}, or an {@link EntryList} of several. */
    private Object entries;

    private int count = 1;

    TimerSlot(Timer timer, KeyEntry<S> entry) {
        this.timer = timer;
        this.entries = entry;
    }

    int count() {
        return count;
    }

    /** Whether entries may be added: not once it was without, for then it is in the queue no more. */
    boolean isOpen() {
        return count > 0;
    }

    void add(KeyEntry<S> entry) {
        if (count == 1) {
            EntryList<S> several = new EntryList<>();
            several.add(entry(0));
            entries = several;
        }
        list().add(entry);
        count++;
    }

    KeyEntry<S> entry(int index) {
        return count == 1 ? only() : list().get(index);
    }

    /** Hands over its entries, of which it is rid then. */
    void take(Consumer<KeyEntry<S>> taker) {
        for (int i = 0; i < count; i++) {
            taker.accept(entry(i));
        }
        count = 0;
    }

    /** Forgets the last entries if they have taken the timer back; gives how many. */
    int trim() {
        int before = count;
        while (count > 1 && !isSet(entry(count - 1))) {
            list().removeLast();
            count--;
            if (count == 1) {
                entries = list().get(0);
            }
        }
        if (count == 1 && !isSet(only())) {
            count = 0;
        }
        return before - count;
    }

    boolean isSet(KeyEntry<S> entry) {
        return entry.live && entry.has(timer);
    }

    @SuppressWarnings("unchecked")
    private KeyEntry<S> only() {
        return (KeyEntry<S>) entries;
    }

    @SuppressWarnings("unchecked")
    private EntryList<S> list() {
        return (EntryList<S>) entries;
    }
}
