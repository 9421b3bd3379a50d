package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyedStep;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many windows the keys of a worker hold open, in memory and not: a sum that is kept up to date with each state
 * that is put. Nothing is counted for a step without windows. Not thread safe.
 */
final class OpenWindows<S> {
    private final @Nullable ToIntFunction<S> windowsOf;
    private long count;

    OpenWindows(KeyedStep<S> step) {
        this.windowsOf = step.openWindows().orElse(null);
    }

    /** Whether the step has windows. */
    boolean areCounted() {
        return windowsOf != null;
    }

    /** How many there are. */
    long count() {
        return count;
    }

    /** A key has a new state. */
    void put(KeyEntry<S> entry, S state) {
        ToIntFunction<S> windows = windowsOf;
        if (windows != null) {
            int before = entry.windows;
            entry.windows = windows.applyAsInt(state);
            count += entry.windows - before;
        }
    }

    /** A key has no state any more. */
    void dropped(KeyEntry<S> entry) {
        count -= entry.windows;
        entry.windows = 0;
    }

    /** A key has come back into memory, which has been counted all the while. */
    void returned(KeyEntry<S> entry, S state) {
        ToIntFunction<S> windows = windowsOf;
        if (windows != null) {
            entry.windows = windows.applyAsInt(state);
        }
    }

    /** A key of the store is taken into memory for the first time. */
    void restored(KeyEntry<S> entry) {
        count += entry.windows;
    }

    /** A key of the store stays there. */
    void restoredCold(KeyedStep<S> step, byte[] value) {
        ToIntFunction<S> windows = windowsOf;
        if (windows != null) {
            StoredValue.read(step.id(), value, step.codec()).state().ifPresent(state -> {
                count += windows.applyAsInt(state);
            });
        }
    }
}
