package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The states and timers of the keys of one worker of a step, and which of them have changed. Not thread safe. */
final class KeyedState<S> {
    private final KeyedStep<S> step;
    private final ValueWriter<S> writer;
    private final LiveKeys<S> keys;
    private final DueTimers<S> eventTimers;
    private final DueTimers<S> processingTimers;
    private final ChangedKeys<S> changed = new ChangedKeys<>();
    private int snapshots;

    KeyedState(KeyedStep<S> step, KeyIdentity identity) {
        this.step = step;
        this.writer = new ValueWriter<>(step);
        this.keys = new LiveKeys<>(step, identity, writer);
        this.eventTimers = new DueTimers<>(keys, TimeDomain.EVENT);
        this.processingTimers = new DueTimers<>(keys, TimeDomain.PROCESSING);
    }

    /** The keys in memory. */
    LiveKeys<S> live() {
        return keys;
    }

    /** How many keys there are, in memory and not. */
    long count() {
        return (long) keys.count() + coldCount();
    }

    /** How many of them only the store has. */
    long coldCount() {
        ColdKeys cold = keys.cold();
        return cold == null ? 0 : cold.size();
    }

    void put(KeyEntry<S> entry, S state, long nowMillis) {
        if (entry.state == null) {
            keys.size().addedState();
        }
        entry.state = state;
        keys.size().put(entry.id, state);
        keys.windows().put(entry, state);
        changed.add(entry);
        Expiries<S> expiries = keys.expiries();
        if (expiries != null) {
            expiries.touch(entry, nowMillis);
        }
    }

    void dropState(KeyEntry<S> entry) {
        if (entry.state != null) {
            entry.state = null;
            keys.size().removedState();
            keys.windows().dropped(entry);
            changed.add(entry);
        }
    }

    void setTimer(KeyEntry<S> entry, Timer timer) {
        TimerQueue<S> queue = keys.settable(timer.domain());
        Timer known = queue.known(timer);
        if (entry.add(known)) {
            queue.add(known, entry);
            changed.add(entry);
        }
    }

    void cancelTimer(KeyEntry<S> entry, Timer timer) {
        if (entry.remove(timer)) {
            keys.timers(timer.domain()).forget(1);
            changed.add(entry);
        }
    }

    /** To be called after the key's operator was: a key without state and timers costs nothing any more. */
    void settle(KeyEntry<S> entry) {
        if (entry.live && entry.isEmpty()) {
            keys.remove(entry);
            ColdKeys cold = keys.cold();
            if (cold != null && entry.stored) {
                cold.dropped(KeyIdentity.bytes(entry.id), snapshots + 1);
            }
            if (entry.isChanged() && !entry.stored) {
                changed.remove(entry); // it came and went since the last snapshot: nobody need hear of it
            }
        }
    }

    /** Takes the next timer that is due at {@code until} from its key; null if there is none. */
    TimerQueue.@Nullable Due<S> poll(TimeDomain domain, long until) {
        TimerQueue.Due<S> due = (domain == TimeDomain.EVENT ? eventTimers : processingTimers).poll(until);
        if (due != null) {
            changed.add(due.entry());
        }
        return due;
    }

    /** When the next timer of the wall clock may be due, in microseconds, or {@link Long#MAX_VALUE}. */
    long nextTimer() {
        long inMemory = keys.timers(TimeDomain.PROCESSING).soonest();
        ColdKeys cold = keys.cold();
        return cold == null ? inMemory : Math.min(inMemory, cold.soonest(TimeDomain.PROCESSING));
    }

    /** Drops the keys whose time to live is over. */
    void expire(long nowMillis) {
        Expiries<S> expiries = keys.expiries();
        if (expiries == null) {
            return;
        }
        for (KeyEntry<S> entry = expiries.poll(nowMillis); entry != null; entry = expiries.poll(nowMillis)) {
            forgetTimers(entry);
            dropState(entry);
            changed.add(entry);
            settle(entry);
        }
        ColdKeys cold = keys.cold();
        if (cold != null) {
            cold.forgetExpired(keys::isInMemory);
        }
    }

    private void forgetTimers(KeyEntry<S> entry) {
        List<Timer> timers = entry.timers();
        entry.forgetTimers();
        for (Timer timer : timers) {
            keys.timers(timer.domain()).forget(1);
        }
    }

    /** When the next key in memory may expire, in milliseconds, or {@link Long#MAX_VALUE}. */
    long nextExpiry() {
        Expiries<S> expiries = keys.expiries();
        return expiries == null ? Long.MAX_VALUE : expiries.next();
    }

    /** Takes what the store kept of a key into memory. */
    void restore(byte[] key, byte[] value) {
        keys.windows().restored(keys.warm(key, value));
    }

    /** Notes that the store has a key, without taking it into memory. */
    void restoreCold(byte[] key, byte[] value, ColdKeys cold) {
        cold.add(key, StoredValue.readTimers(step.id(), value));
        keys.windows().restoredCold(step, value);
    }

    /** What has changed since the last call; later changes are not in it. */
    KeyedSnapshot<S> snapshot() {
        int number = ++snapshots;
        KeyedSnapshot<S> snapshot = new KeyedSnapshot<>(step, changed.count());
        changed.take(entry -> {
            if (entry.live) {
                snapshot.put(entry, writer);
            } else if (entry.stored) {
                snapshot.drop(entry, writer);
            }
            entry.stored = entry.live;
            entry.sealed(number);
        });
        return snapshot;
    }

    /** How many snapshots were taken. */
    int snapshots() {
        return snapshots;
    }

    /**
     * Hands over all keys by their bytes. Those that are not in memory do not stay there if nothing was changed.
     *
     * @param durable the last snapshot that the store has
     */
    void forEachInOrder(int durable, Consumer<KeyEntry<S>> visitor) {
        OrderedWalk<S> walk = new OrderedWalk<>(keys, visitor);
        ColdKeys cold = keys.cold();
        if (cold != null && cold.size() > 0) {
            walk.pages(cold, durable);
        }
        walk.finish();
    }
}
