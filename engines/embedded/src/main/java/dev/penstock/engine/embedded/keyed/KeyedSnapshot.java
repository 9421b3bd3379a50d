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
 * goes on. States that never change, and their keys, are written to bytes only there.
 *
 * @param <S> the state of one key
 */
public final class KeyedSnapshot<S> {
    private final KeyedStep<S> step;
    private final boolean immutable;

    /** Keys whose states never change, to be written later. */
    private final List<Kept<S>> kept;

    /** What is written already. */
    private final KeyLog log;

    private final IdBytes key = new IdBytes();

    /** The change of a key: dropped if there is neither a state nor a timer. */
    private record Kept<S>(
            Object id, @Nullable S state, @Nullable Object timersNow, long touched) {
        boolean isDrop() {
            return state == null && timersNow == null;
        }
    }

    KeyedSnapshot(KeyedStep<S> step, int size) {
        this.step = step;
        this.immutable = step.codec().immutableStates();
        this.kept = new ArrayList<>(immutable ? size : 0);
        this.log = new KeyLog(step.id());
    }

    /** A key that goes on; {@code writer} writes what may change while it does. */
    void put(KeyEntry<S> entry, ValueWriter<S> writer) {
        add(new Kept<>(entry.id, entry.state, entry.timersNow(), entry.touched), writer);
    }

    void drop(KeyEntry<S> entry, ValueWriter<S> writer) {
        add(new Kept<>(entry.id, null, null, 0), writer);
    }

    private void add(Kept<S> change, ValueWriter<S> writer) {
        if (immutable) {
            kept.add(change);
        } else {
            write(change, writer);
        }
    }

    /** The watermark is kept with the state under the empty key, which no row has. */
    void putWatermark(long watermark) {
        log.add(ReservedKeys.watermark(step.id(), watermark));
    }

    /** How many keys changed. */
    public int size() {
        return kept.size() + log.size();
    }

    /** The changes, to be sealed with the epoch; of several of a key the last counts. */
    public List<KeyChange> changes() {
        ValueWriter<S> writer = new ValueWriter<>(step);
        kept.forEach(change -> write(change, writer));
        kept.clear();
        return PackedChanges.of(log);
    }

    private void write(Kept<S> change, ValueWriter<S> writer) {
        key.of(change.id());
        if (change.isDrop()) {
            log.drop(key.bytes(), key.length());
            return;
        }
        List<Timer> timers = KeyEntry.timers(change.timersNow());
        log.times(expires(change), due(timers, TimeDomain.EVENT), due(timers, TimeDomain.PROCESSING));
        int length = writer.write(change.id(), change.state(), timers, change.touched());
        log.put(key.bytes(), key.length(), writer.written(), length);
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
