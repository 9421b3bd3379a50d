package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.store.RecoveryStore;

/** Opens the recovery store of a pipeline, once an incarnation. */
@FunctionalInterface
public interface Stores extends AutoCloseable {
    /** A store that is not claimed yet. */
    RecoveryStore open();

    /** No store is opened any more. */
    @Override
    default void close() {}
}
