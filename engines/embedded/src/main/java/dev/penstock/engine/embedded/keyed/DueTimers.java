package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.engine.embedded.store.KeyReader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Gives the due timers of one clock, of keys in memory and not, by time, key and tag. Of a time at which those of very
 * many keys are due, the keys that are not in memory are read page by page, and each comes into memory when it is its
 * turn. Not thread safe.
 */
final class DueTimers<S> {
    private static final byte[] BEFORE_ALL = {};

    private final LiveKeys<S> keys;
    private final TimeDomain domain;

    /** Keys of the crowded time, and behind which of them the next page begins. */
    private final Deque<KeyReader.Entry> page = new ArrayDeque<>();

    private byte[] after = BEFORE_ALL;

    /** The key that has come into memory last, and its timers of the crowded time that are to be given. */
    private @Nullable KeyEntry<S> warmed;

    private final Deque<Timer> ofWarmed = new ArrayDeque<>();

    DueTimers(LiveKeys<S> keys, TimeDomain domain) {
        this.keys = keys;
        this.domain = domain;
    }

    /** Takes the next timer that is due at {@code until} from its key; null if there is none. */
    TimerQueue.@Nullable Due<S> poll(long until) {
        keys.warmDue(domain, until);
        ColdKeys cold = keys.cold();
        long crowded = cold == null ? Long.MAX_VALUE : cold.crowded(domain);
        while (cold != null && crowded < Long.MAX_VALUE && crowded <= until) {
            if (keys.timers(domain).soonest() < crowded) {
                return keys.timers(domain).poll(until);
            }
            TimerQueue.Due<S> due = pollCrowd(cold, crowded);
            if (due != null) {
                return due;
            }
            keys.warmDue(domain, until);
            crowded = cold.crowded(domain);
        }
        return keys.timers(domain).poll(until);
    }

    /** The next of the crowded time, if there is one of a key that was not in memory or of one before that. */
    private TimerQueue.@Nullable Due<S> pollCrowd(ColdKeys cold, long time) {
        TimerQueue<S> queue = keys.timers(domain);
        while (true) {
            TimerQueue.Due<S> due = pollWarmed(queue);
            if (due != null) {
                return due;
            }
            KeyReader.Entry next = nextOf(cold);
            if (next == null) {
                cold.crowdTaken(domain);
                after = BEFORE_ALL;
                return null;
            }
            byte[] inMemory = queue.keyOfNext(time);
            if (inMemory != null && Arrays.compareUnsigned(inMemory, next.key()) < 0) {
                return queue.poll(time);
            }
            page.removeFirst();
            cold.taken(next.key());
            warm(next, time);
        }
    }

    private TimerQueue.@Nullable Due<S> pollWarmed(TimerQueue<S> queue) {
        KeyEntry<S> entry = warmed;
        while (entry != null && !ofWarmed.isEmpty()) {
            Timer timer = ofWarmed.removeFirst();
            if (entry.live && entry.remove(timer)) {
                queue.forget(1);
                return new TimerQueue.Due<>(timer, entry);
            }
        }
        warmed = null;
        return null;
    }

    /** The next key of the crowded time that is neither in memory nor dropped; null if there is none. */
    private KeyReader.@Nullable Entry nextOf(ColdKeys cold) {
        while (page.isEmpty()) {
            Iterable<KeyReader.Entry> read = cold.dueAt(domain, after);
            byte[] last = after;
            for (KeyReader.Entry entry : read) {
                last = entry.key();
                if (cold.isOurs(last) && !keys.isInMemory(last) && !cold.isDropped(last)) {
                    page.add(entry);
                }
            }
            if (last == after) {
                return null;
            }
            after = last;
        }
        return page.peekFirst();
    }

    private void warm(KeyReader.Entry next, long time) {
        KeyEntry<S> entry = keys.warm(next.key(), next.value());
        warmed = entry;
        entry.timers().stream()
                .filter(timer -> timer.domain() == domain && timer.time() == time)
                .sorted(Comparator.comparingLong(Timer::tag))
                .forEach(ofWarmed::add);
    }
}
