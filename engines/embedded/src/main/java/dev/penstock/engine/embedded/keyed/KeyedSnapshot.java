package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an epoch has changed in the keys of one worker of a step.
 *
 * <p>Taken at the barrier by the worker; {@link #changes} may then be called by another thread, once, while the worker
 * goes on. Keys, and states that never change, are written to bytes only there.
 *
 * @param <S> the state of one key
 */
public final class KeyedSnapshot<S> {
    private final KeyedStep<S> step;
    private final List<Kept<S>> kept;
    private final List<KeyChange> done = new ArrayList<>();

    /** The change of a key: dropped if there is neither a state, nor its bytes, nor a timer. */
    private record Kept<S>(
            Object id,
            @Nullable S state,
            byte @Nullable [] written,
            @Nullable Object timersNow,
            long touched) {
        boolean isDrop() {
            return state == null && written == null && timersNow == null;
        }
    }

    KeyedSnapshot(KeyedStep<S> step, int size) {
        this.step = step;
        this.kept = new ArrayList<>(size);
    }

    /** A key that goes on; {@code writer} writes what may change while it does. */
    void put(KeyEntry<S> entry, ValueWriter<S> writer) {
        Object timers = entry.timersNow();
        S state = entry.state;
        if (state == null || step.codec().immutableStates()) {
            kept.add(new Kept<>(entry.id, state, null, timers, entry.touched));
        } else {
            byte[] written = writer.write(entry.id, state, KeyEntry.timers(timers), entry.touched);
            kept.add(new Kept<>(entry.id, null, written, timers, entry.touched));
        }
    }

    void drop(KeyEntry<S> entry) {
        kept.add(new Kept<>(entry.id, null, null, null, 0));
    }

    /** The watermark is kept with the state under the empty key, which no row has. */
    void putWatermark(long watermark) {
        done.add(ReservedKeys.watermark(step.id(), watermark));
    }

    /** How many keys changed. */
    public int size() {
        return kept.size() + done.size();
    }

    /** The changes, to be sealed with the epoch; of several of a key the last counts. */
    public List<KeyChange> changes() {
        List<KeyChange> changes = new ArrayList<>(size());
        changes.addAll(done);
        ValueWriter<S> writer = new ValueWriter<>(step);
        for (Kept<S> change : kept) {
            changes.add(change(change, writer));
        }
        return changes;
    }

    private KeyChange change(Kept<S> change, ValueWriter<S> writer) {
        byte[] key = KeyIdentity.bytes(change.id());
        if (change.isDrop()) {
            return new KeyChange(step.id(), key, Optional.empty());
        }
        List<Timer> timers = KeyEntry.timers(change.timersNow());
        byte[] value = change.written() == null
                ? writer.write(change.id(), change.state(), timers, change.touched())
                : change.written();
        return new KeyChange(step.id(), key, Optional.of(value), times(change, timers));
    }

    private KeyTimes times(Kept<S> change, List<Timer> timers) {
        OptionalLong expires = expires(change);
        return expires.isEmpty() && timers.isEmpty()
                ? KeyTimes.NONE
                : new KeyTimes(expires, due(timers, TimeDomain.EVENT), due(timers, TimeDomain.PROCESSING));
    }

    private OptionalLong expires(Kept<S> change) {
        return step.timeToLive().isPresent() && change.touched() != 0
                ? OptionalLong.of(change.touched() + step.timeToLive().get().toMillis())
                : OptionalLong.empty();
    }

    private static OptionalLong due(List<Timer> timers, TimeDomain domain) {
        OptionalLong soonest = OptionalLong.empty();
        for (Timer timer : timers) {
            if (timer.domain() == domain && timer.time() <= soonest.orElse(Long.MAX_VALUE)) {
                soonest = OptionalLong.of(timer.time());
            }
        }
        return soonest;
    }
}
