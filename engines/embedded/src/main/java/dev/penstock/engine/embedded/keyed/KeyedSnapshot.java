package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Key;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an epoch has changed in the keys of one worker of a step.
 *
 * <p>Taken at the barrier by the worker; {@link #changes} may then be called by another thread, once, while the worker
 * goes on. States that never change are written to bytes only there.
 *
 * @param <S> the state of one key
 */
public final class KeyedSnapshot<S> {
    private final KeyedStep<S> step;
    private final List<Kept<S>> kept = new ArrayList<>();
    private final List<KeyChange> done = new ArrayList<>();

    /** A state that is still to be written to bytes. */
    private record Kept<S>(Key key, StoredValue<S> value, OptionalLong expires) {}

    KeyedSnapshot(KeyedStep<S> step) {
        this.step = step;
    }

    void put(Key key, StoredValue<S> value, OptionalLong expires) {
        Kept<S> change = new Kept<>(key, value, expires);
        if (step.codec().immutableStates()) {
            kept.add(change);
        } else {
            done.add(written(change));
        }
    }

    /** Drops may be followed by a put of the same key, so they go before all that is kept. */
    void drop(Key key) {
        done.add(new KeyChange(step.id(), key.bytes(), Optional.empty()));
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
        for (Kept<S> change : kept) {
            changes.add(written(change));
        }
        return changes;
    }

    private KeyChange written(Kept<S> change) {
        byte[] value = change.value().write(step.id(), change.key(), step.codec());
        return new KeyChange(step.id(), change.key().bytes(), Optional.of(value), change.expires());
    }
}
