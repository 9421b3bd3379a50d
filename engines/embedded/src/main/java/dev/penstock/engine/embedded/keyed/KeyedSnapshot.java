package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.engine.embedded.store.KeyLog;
import dev.penstock.engine.embedded.store.PackedChanges;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import java.util.ArrayList;
import java.util.List;
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
        KeyLog log = new KeyLog(step.id());
        done.forEach(log::add);
        ValueWriter<S> writer = new ValueWriter<>(step);
        IdBytes key = new IdBytes();
        for (Kept<S> change : kept) {
            add(change, key.of(change.id()), writer, log);
        }
        return PackedChanges.of(log);
    }

    private void add(Kept<S> change, IdBytes key, ValueWriter<S> writer, KeyLog log) {
        if (change.isDrop()) {
            log.drop(key.bytes(), key.length());
            return;
        }
        List<Timer> timers = KeyEntry.timers(change.timersNow());
        log.times(expires(change), due(timers, TimeDomain.EVENT), due(timers, TimeDomain.PROCESSING));
        byte[] written = change.written();
        if (written == null) {
            int length = writer.writeInPlace(change.id(), change.state(), timers, change.touched());
            log.put(key.bytes(), key.length(), writer.inPlace(), length);
        } else {
            log.put(key.bytes(), key.length(), written, written.length);
        }
    }

    private long expires(Kept<S> change) {
        return step.timeToLive().isPresent() && change.touched() != 0
                ? change.touched() + step.timeToLive().get().toMillis()
                : Long.MAX_VALUE;
    }

    private static long due(List<Timer> timers, TimeDomain domain) {
        long soonest = Long.MAX_VALUE;
        for (int i = 0; i < timers.size(); i++) {
            if (timers.get(i).domain() == domain) {
                soonest = Math.min(soonest, timers.get(i).time());
            }
        }
        return soonest;
    }
}
