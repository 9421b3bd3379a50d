package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.TimeEvent;
import dev.penstock.engine.embedded.protocol.StateChanges;
import java.util.Optional;

/** The last stage before a step that cares for time: says how far time has come in the rows that go through it. */
interface Gate extends Stage {
    /** Something about time was heard from a source or a step before. */
    void on(TimeEvent event);

    /** Finds out who has been silent for long; gives whether time went on because of that. */
    default boolean look() {
        return false;
    }

    /** When to {@link #look} again, in milliseconds, or {@link Long#MAX_VALUE}. */
    default long nextLook() {
        return Long.MAX_VALUE;
    }

    /** What the epoch that ends has to keep of it. */
    default Optional<StateChanges> changes() {
        return Optional.empty();
    }
}
