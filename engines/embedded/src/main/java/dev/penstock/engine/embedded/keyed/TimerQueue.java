package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Timer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one clock, soonest first. A timer that was taken back stays in the heap until it comes up, and is then
 * passed over; when those are the most, they are removed.
 *
 * <p>The heap knows times alone, and what was set lately once more is put beside what is there, so that a million
 * windows that end together take one place in it. They are sorted by key when their time has come.
 */
final class TimerQueue<S> {
    private static final int ALWAYS_KEPT = 1_000;
    private static final int FIRST_CAPACITY = 16;
    private static final int RECENT_BITS = 4;
    private static final int MIX = 0x9E3779B9;

    /** How many entries are looked at together before their timers are given out. */
    private static final int TOGETHER = 64;

    private final Near<S> near;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final @Nullable KeyEntry<S>[] together = new KeyEntry[TOGETHER];

    private long[] times = new long[FIRST_CAPACITY];
    private TimerSlot<S>[] slots = newSlots(FIRST_CAPACITY);
    private int size;

    /** Some of those in the heap, by a hash of their timers. */
    private @Nullable TimerSlot<S>[] recent = newSlots(1 << RECENT_BITS);

    /** How many timers are in the heap, those that were taken back among them. */
    private int queued;

    /** Those of one time, by key and tag, of which the first {@link #given} have been given. */
    private KeyOrder<S> due = new KeyOrder<>(new EntryList<>());

    private List<Timer> dueTimers = List.of();
    private int given;

    /** How many are set and not taken back, roughly. */
    private int live;

    /** @param near hears of entries whose timers are given out next */
    TimerQueue(Near<S> near) {
        this.near = near;
    }

    /** Brings entries near that will be used soon. */
    @FunctionalInterface
    interface Near<S> {
        void bring(@Nullable KeyEntry<S>[] entries, int count);
    }

    /** A timer that has come up. */
    record Due<S>(Timer timer, KeyEntry<S> entry) {}

    /** The timer that is equal to {@code timer} and known, if there is one at hand: many keys can have the same. */
    Timer known(Timer timer) {
        TimerSlot<S> slot = recent[recentIndex(timer)];
        return slot != null && slot.timer.equals(timer) ? slot.timer : timer;
    }

    private static int recentIndex(Timer timer) {
        int hash = (Long.hashCode(timer.time()) + 31 * Long.hashCode(timer.tag())) * MIX;
        return hash >>> (Integer.SIZE - RECENT_BITS);
    }

    /** Queues a timer that its key has just got. */
    void add(Timer timer, KeyEntry<S> entry) {
        queue(timer, entry);
        live++;
    }

    private void queue(Timer timer, KeyEntry<S> entry) {
        int index = recentIndex(timer);
        TimerSlot<S> slot = recent[index];
        if (slot != null && slot.isOpen() && slot.timer.equals(timer)) {
            slot.add(entry);
        } else {
            TimerSlot<S> made = new TimerSlot<>(timer, entry);
            recent[index] = made;
            push(made);
        }
        queued++;
    }

    private void push(TimerSlot<S> slot) {
        if (size == slots.length) {
            times = Arrays.copyOf(times, size * 2);
            slots = Arrays.copyOf(slots, size * 2);
        }
        siftUp(size++, slot);
    }

    /** Notes that keys have lost {@code count} timers without their being due. */
    void forget(int count) {
        live -= count;
        if (queued > 2L * live + ALWAYS_KEPT) {
            removeUnset();
        }
    }

    private void removeUnset() {
        TimerSlot<S>[] old = slots;
        int count = size;
        clear();
        for (int i = 0; i < count; i++) {
            TimerSlot<S> slot = old[i];
            slot.take(entry -> {
                if (slot.isSet(entry)) {
                    queue(slot.timer, entry);
                }
            });
        }
        live = queued + due.size() - given;
    }

    private void clear() {
        times = new long[FIRST_CAPACITY];
        slots = newSlots(FIRST_CAPACITY);
        recent = newSlots(1 << RECENT_BITS);
        size = 0;
        queued = 0;
    }

    /** Takes the next timer that is due at {@code now}, which its key then has no more; null if there is none. */
    @Nullable Due<S> poll(long now) {
        while (given < due.size() || gather(now)) {
            Timer timer = dueTimers.get(due.place(given));
            if (size > 0 && times[0] < timer.time()) {
                putBack();
                continue;
            }
            if (given % TOGETHER == 0) {
                bringNear();
            }
            KeyEntry<S> entry = due.entry(given++);
            if (entry.live && entry.remove(timer)) {
                live--;
                return new Due<>(timer, entry);
            }
        }
        return null;
    }

    private void bringNear() {
        int count = Math.min(TOGETHER, due.size() - given);
        for (int i = 0; i < count; i++) {
            together[i] = due.entry(given + i);
        }
        near.bring(together, count);
    }

    /** Takes those of the soonest time out of the heap. */
    private boolean gather(long now) {
        EntryList<S> entries = new EntryList<>();
        dueTimers = new ArrayList<>();
        given = 0;
        long time = next();
        if (time <= now) {
            List<TimerSlot<S>> soonest = new ArrayList<>();
            while (size > 0 && times[0] == time) {
                soonest.add(pop());
            }
            soonest.sort(Comparator.comparingLong(slot -> slot.timer.tag()));
            soonest.forEach(slot -> take(slot, entries));
        }
        due = new KeyOrder<>(entries);
        return due.size() > 0;
    }

    private void take(TimerSlot<S> slot, EntryList<S> into) {
        slot.take(entry -> {
            if (slot.isSet(entry)) {
                into.add(entry);
                dueTimers.add(slot.timer);
            }
        });
    }

    /** A timer was set that is to come before those at hand. */
    private void putBack() {
        for (int i = given; i < due.size(); i++) {
            queue(dueTimers.get(due.place(i)), due.entry(i));
        }
        due = new KeyOrder<>(new EntryList<>());
        given = 0;
    }

    /** The bytes of the key that has the next timer, if that is due at {@code time}, and none is before. */
    byte @Nullable [] keyOfNext(long time) {
        passUnset();
        boolean any = given < due.size() || gather(time);
        return any && dueTimers.get(due.place(given)).time() == time ? due.key(given) : null;
    }

    /** Passes over those at hand that were taken back. */
    private void passUnset() {
        while (given < due.size()) {
            KeyEntry<S> entry = due.entry(given);
            if (entry.live && entry.has(dueTimers.get(due.place(given)))) {
                return;
            }
            given++;
        }
    }

    /** How many timers lie in the heap, those that were taken back among them. */
    int queued() {
        return queued;
    }

    /** How many are set. */
    int live() {
        return Math.max(0, live);
    }

    /** When the next timer is due, or {@link Long#MAX_VALUE}. */
    long soonest() {
        passUnset();
        return given < due.size() ? Math.min(dueTimers.get(due.place(given)).time(), next()) : next();
    }

    private long next() {
        while (size > 0) {
            int unset = slots[0].trim();
            queued -= unset;
            if (slots[0].count() > 0) {
                return times[0];
            }
            pop();
        }
        return Long.MAX_VALUE;
    }

    private TimerSlot<S> pop() {
        TimerSlot<S> first = slots[0];
        queued -= first.count();
        TimerSlot<S> last = slots[--size];
        slots[size] = null;
        if (size > 0) {
            siftDown(last);
        }
        return first;
    }

    private void siftUp(int from, TimerSlot<S> slot) {
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

    private void siftDown(TimerSlot<S> slot) {
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
    private static <S> TimerSlot<S>[] newSlots(int count) {
        return new TimerSlot[count];
    }
}
