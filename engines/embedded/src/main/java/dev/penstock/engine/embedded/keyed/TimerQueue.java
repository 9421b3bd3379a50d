package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Timer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one clock, soonest first. A timer that was taken back stays in the heap until it comes up, and is then
 * passed over; when those are the most, they are removed.
 *
 * <p>The heap knows times alone, so that a million windows that end at the same time are queued at a step each. They
 * are sorted by key when their time has come.
 */
final class TimerQueue<S> {
    private static final int ALWAYS_KEPT = 1_000;
    private static final int FIRST_CAPACITY = 16;

    private long[] times = new long[FIRST_CAPACITY];
    private Slot<S>[] slots = newSlots(FIRST_CAPACITY);
    private int size;

    /** Those of one time, by key, of which the first {@link #given} have been given. */
    private List<Due<S>> due = new ArrayList<>();

    private int given;

    /** How many are set and not taken back, roughly. */
    private int live;

    private record Slot<S>(Timer timer, KeyEntry<S> entry) {
        boolean isSet() {
            return entry.live && entry.has(timer);
        }
    }

    /** A timer that has come up. */
    static final class Due<S> extends KeyOrder.Item<S> {
        final Timer timer;

        Due(Timer timer, KeyEntry<S> entry) {
            super(entry, timer.tag());
            this.timer = timer;
        }
    }

    /** Queues a timer that its key has just got. */
    void add(Timer timer, KeyEntry<S> entry) {
        push(new Slot<>(timer, entry));
        live++;
    }

    private void push(Slot<S> slot) {
        if (size == slots.length) {
            times = Arrays.copyOf(times, size * 2);
            slots = Arrays.copyOf(slots, size * 2);
        }
        siftUp(size++, slot);
    }

    /** Notes that keys have lost {@code count} timers without their being due. */
    void forget(int count) {
        live -= count;
        if (size > 2L * live + ALWAYS_KEPT) {
            removeUnset();
        }
    }

    private void removeUnset() {
        Slot<S>[] old = slots;
        int count = size;
        size = 0;
        slots = newSlots(Math.max(FIRST_CAPACITY, count / 2));
        times = new long[slots.length];
        for (int i = 0; i < count; i++) {
            if (old[i].isSet()) {
                push(old[i]);
            }
        }
        live = size + due.size() - given;
    }

    /** Takes the next timer that is due at {@code now}, which its key then has no more; null if there is none. */
    @Nullable Due<S> poll(long now) {
        while (given < due.size() || gather(now)) {
            Due<S> next = due.get(given);
            if (size > 0 && times[0] < next.timer.time()) {
                putBack();
                continue;
            }
            given++;
            if (next.entry.live && next.entry.remove(next.timer)) {
                live--;
                return next;
            }
        }
        return null;
    }

    /** Takes those of the soonest time out of the heap. */
    private boolean gather(long now) {
        due.clear();
        given = 0;
        long time = next();
        if (size == 0 || time > now) {
            return false;
        }
        while (size > 0 && times[0] == time) {
            Slot<S> slot = pop();
            if (slot.isSet()) {
                due.add(new Due<>(slot.timer, slot.entry));
            }
        }
        KeyOrder.sort(due);
        return true;
    }

    /** A timer was set that is to come before those at hand. */
    private void putBack() {
        for (Due<S> later : due.subList(given, due.size())) {
            push(new Slot<>(later.timer, later.entry));
        }
        due.clear();
        given = 0;
    }

    /** Moves all timers to a queue of their own, so that those which are set from now on can be told from them. */
    TimerQueue<S> takeAll() {
        TimerQueue<S> taken = new TimerQueue<>();
        taken.times = times;
        taken.slots = slots;
        taken.size = size;
        taken.live = live;
        times = new long[FIRST_CAPACITY];
        slots = newSlots(FIRST_CAPACITY);
        size = 0;
        live = 0;
        return taken;
    }

    /** How many lie in the heap, those that were taken back among them. */
    int heapSize() {
        return size;
    }

    /** How many are set. */
    int live() {
        return Math.max(0, live);
    }

    /** When the next timer is due, or {@link Long#MAX_VALUE}. */
    long soonest() {
        return given < due.size() ? Math.min(due.get(given).timer.time(), next()) : next();
    }

    private long next() {
        while (size > 0 && !slots[0].isSet()) {
            pop();
        }
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    private Slot<S> pop() {
        Slot<S> first = slots[0];
        Slot<S> last = slots[--size];
        slots[size] = null;
        if (size > 0) {
            siftDown(last);
        }
        return first;
    }

    private void siftUp(int from, Slot<S> slot) {
        long time = slot.timer.time();
        int at = from;
        while (at > 0 && times[(at - 1) >>> 1] > time) {
            int parent = (at - 1) >>> 1;
            times[at] = times[parent];
            slots[at] = slots[parent];
            at = parent;
        }
        times[at] = time;
        slots[at] = slot;
    }

    private void siftDown(Slot<S> slot) {
        long time = slot.timer.time();
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child + 1 < size && times[child + 1] < times[child]) {
                child++;
            }
            if (child >= size || times[child] >= time) {
                break;
            }
            times[at] = times[child];
            slots[at] = slots[child];
            at = child;
        }
        times[at] = time;
        slots[at] = slot;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <S> Slot<S>[] newSlots(int count) {
        return new Slot[count];
    }
}
