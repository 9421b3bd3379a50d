package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Timer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a worker knows of a key. There may be millions, so that each field counts. */
final class KeyEntry<S> {
    /** The memory of an entry and of its place in the table, roughly. */
    static final int SIZE_IN_BYTES = 72;

    /** Belongs to no group of the batch at hand. */
    static final int NO_GROUP = -1;

    /** The number of the snapshot of a key that is in none, or was restored. */
    static final int NEVER = 0;

    /** See {@link KeyIdentity}. */
    final Object id;

    /** See {@link KeyIdentity#slot}. */
    final int slot;

    /** The next entry of the same slot of the table. */
    @Nullable KeyEntry<S> next;

    @Nullable S state;

    /** Most keys have none or one: a {@link Timer}, or a list of several. */
    private @Nullable Object timers;

    /** When the state was put last, in milliseconds since 1970; counts where there is a time to live. */
    long touched;

    /**
     * The number of the last snapshot that the key is in, or, below zero, that it has changed since, and at which place
     * it stands among those that have.
     */
    private int sealedOrChanged = NEVER;

    /** Which group of rows of the batch at hand are its own. */
    int group = NO_GROUP;

    /** How many windows the state holds open, see {@link OpenWindows}. */
    int windows;

    /** Whether the store has the key, or will have it when the last snapshot is sealed. */
    boolean stored;

    /** Whether it is in the table; one that was dropped may still be named in queues. */
    boolean live = true;

    /** Whether it was used since the last look for keys that could leave memory. */
    boolean used = true;

    /** The memory of the id, see {@link RoughSize}: a byte, which lies where the entry had one to spare. */
    byte roughIdSize;

    KeyEntry(Object id, int slot) {
        this.id = id;
        this.slot = slot;
    }

    /** Whether it has changed since the last snapshot. */
    boolean isChanged() {
        return sealedOrChanged < 0;
    }

    /** Its place among the changed keys, if it has changed. */
    int changedAt() {
        return ~sealedOrChanged;
    }

    /** It has changed, and stands at {@code place} among those that have. */
    void changedAt(int place) {
        sealedOrChanged = ~place;
    }

    /** It is as it was in snapshot {@code number}. */
    void sealed(int number) {
        sealedOrChanged = number;
    }

    /** Whether it is as it was in a snapshot that is not behind {@code number}. */
    boolean isSealedBy(int number) {
        return sealedOrChanged >= 0 && sealedOrChanged <= number;
    }

    boolean isEmpty() {
        return state == null && timers == null;
    }

    boolean add(Timer timer) {
        if (timers == null) {
            timers = timer;
            return true;
        }
        if (has(timer)) {
            return false;
        }
        if (timers instanceof Timer only) {
            List<Timer> both = new ArrayList<>(2);
            both.add(only);
            timers = both;
        }
        return list(timers).add(timer);
    }

    @SuppressWarnings("ReferenceEquality") // many keys share a timer, and then it need not be looked at
    boolean remove(Timer timer) {
        if (timers == timer) {
            timers = null;
            return true;
        }
        if (timers == null || timers instanceof Timer) {
            boolean removed = timer.equals(timers);
            timers = removed ? null : timers;
            return removed;
        }
        List<Timer> several = list(timers);
        boolean removed = several.remove(timer);
        timers = several.isEmpty() ? null : several;
        return removed;
    }

    @SuppressWarnings("ReferenceEquality") // as above
    boolean has(Timer timer) {
        if (timers == null || timers instanceof Timer) {
            return timers == timer || timer.equals(timers);
        }
        return list(timers).contains(timer);
    }

    /** The timers as they are now. */
    List<Timer> timers() {
        return timers(timersNow());
    }

    /** The timers as they are now, to be given to {@link #timers(Object)}: a list is made only where one is needed. */
    @Nullable Object timersNow() {
        return timers == null || timers instanceof Timer ? timers : List.copyOf(list(timers));
    }

    /** The timers that {@link #timersNow} gave. */
    static List<Timer> timers(@Nullable Object timersNow) {
        if (timersNow == null) {
            return List.of();
        }
        return timersNow instanceof Timer only ? List.of(only) : list(timersNow);
    }

    void forgetTimers() {
        timers = null;
    }

    @SuppressWarnings("unchecked")
    private static List<Timer> list(Object timers) {
        return (List<Timer>) timers;
    }
}
