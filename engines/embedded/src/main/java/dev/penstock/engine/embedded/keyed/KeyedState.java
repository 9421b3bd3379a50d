package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyHash;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/** The keys of one worker of a step: their states and timers, and which of them have changed. Not thread safe. */
final class KeyedState<S> {
    private final KeyedStep<S> step;
    private final OptionalLong timeToLive;
    private final KeyTable<S> table = new KeyTable<>();
    private final TimerQueue<S> eventTimers = new TimerQueue<>();
    private final TimerQueue<S> processingTimers = new TimerQueue<>();
    private final PriorityQueue<Expiry<S>> expiries = new PriorityQueue<>(Comparator.comparingLong(Expiry::millis));
    private List<KeyEntry<S>> dirty = new ArrayList<>();

    /** When a key is to be looked at; it may have been touched since. */
    private record Expiry<S>(long millis, KeyEntry<S> entry) {}

    KeyedState(KeyedStep<S> step) {
        this.step = step;
        this.timeToLive = step.timeToLive()
                .map(duration -> OptionalLong.of(duration.toMillis()))
                .orElse(OptionalLong.empty());
    }

    int size() {
        return table.size();
    }

    TimerQueue<S> timers(TimeDomain domain) {
        return domain == TimeDomain.EVENT ? eventTimers : processingTimers;
    }

    List<KeyEntry<S>> inOrder() {
        return table.inOrder();
    }

    KeyEntry<S> findOrAdd(byte[] bytes, int length, long hash) {
        return table.findOrAdd(bytes, length, hash);
    }

    void put(KeyEntry<S> entry, S state, long nowMillis) {
        entry.state = state;
        markDirty(entry);
        if (timeToLive.isPresent()) {
            boolean queued = entry.touched != 0;
            entry.touched = Math.max(1, nowMillis);
            if (!queued) {
                expiries.add(new Expiry<>(entry.touched + timeToLive.getAsLong(), entry));
            }
        }
    }

    void dropState(KeyEntry<S> entry) {
        if (entry.state != null) {
            entry.state = null;
            markDirty(entry);
        }
    }

    void setTimer(KeyEntry<S> entry, Timer timer) {
        if (entry.add(timer)) {
            timers(timer.domain()).add(timer, entry);
            markDirty(entry);
        }
    }

    void cancelTimer(KeyEntry<S> entry, Timer timer) {
        if (entry.remove(timer)) {
            timers(timer.domain()).forget(1);
            markDirty(entry);
        }
    }

    /** To be called after the key's operator was: a key without state and timers costs nothing any more. */
    void settle(KeyEntry<S> entry) {
        if (entry.live && entry.isEmpty()) {
            entry.live = false;
            table.remove(entry);
        }
    }

    void markDirty(KeyEntry<S> entry) {
        if (!entry.dirty) {
            entry.dirty = true;
            dirty.add(entry);
        }
    }

    /** Drops the keys whose time to live is over. */
    void expire(long nowMillis) {
        for (Expiry<S> next = expiries.peek(); next != null && next.millis() <= nowMillis; next = expiries.peek()) {
            expiries.poll();
            long due = next.entry().touched + timeToLive.orElse(0);
            if (!next.entry().live) {
                continue;
            }
            if (due > nowMillis) {
                expiries.add(new Expiry<>(due, next.entry()));
            } else {
                dropWhole(next.entry());
            }
        }
    }

    private void dropWhole(KeyEntry<S> entry) {
        List<Timer> timers = List.copyOf(entry.timers());
        entry.state = null;
        entry.timers = null;
        markDirty(entry);
        settle(entry);
        long events = timers.stream()
                .filter(timer -> timer.domain() == TimeDomain.EVENT)
                .count();
        eventTimers.forget((int) events);
        processingTimers.forget(timers.size() - (int) events);
    }

    /** When the next key may expire, in milliseconds, or {@link Long#MAX_VALUE}. */
    long nextExpiry() {
        Expiry<S> next = expiries.peek();
        return next == null ? Long.MAX_VALUE : next.millis();
    }

    /** Takes what the store kept of a key. */
    void restore(byte[] key, byte[] value, long nowMillis) {
        StoredValue<S> stored = StoredValue.read(step.id(), value, step.codec());
        KeyEntry<S> entry = table.findOrAdd(key, key.length, KeyHash.of(key, 0, key.length));
        entry.stored = true;
        long touched = stored.touched() == 0 ? nowMillis : stored.touched();
        stored.state().ifPresent(state -> put(entry, state, touched));
        for (Timer timer : stored.timers()) {
            setTimer(entry, timer);
        }
        entry.dirty = false;
        dirty.clear();
    }

    /** What has changed since the last call; later changes are not in it. */
    KeyedSnapshot<S> snapshot() {
        KeyedSnapshot<S> snapshot = new KeyedSnapshot<>(step);
        for (KeyEntry<S> entry : dirty) {
            if (entry.live) {
                snapshot.put(entry.key, stored(entry), expiry(entry));
            } else if (entry.stored) {
                snapshot.drop(entry.key);
            }
            entry.dirty = false;
            entry.stored = entry.live;
        }
        dirty = new ArrayList<>();
        return snapshot;
    }

    private static <S> StoredValue<S> stored(KeyEntry<S> entry) {
        return new StoredValue<>(Optional.ofNullable(entry.state), List.copyOf(entry.timers()), entry.touched);
    }

    private OptionalLong expiry(KeyEntry<S> entry) {
        return timeToLive.isPresent() && entry.touched != 0
                ? OptionalLong.of(entry.touched + timeToLive.getAsLong())
                : OptionalLong.empty();
    }
}
