package dev.penstock.engine.embedded.protocol;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import java.util.List;

/**
 * What an epoch has changed in the keyed state of a lane. Taken at the barrier; made into bytes later, by the thread
 * that seals, so that the lane can go on at once.
 */
@FunctionalInterface
public interface StateChanges {
    /** The changes; called once, by the thread that seals. */
    List<KeyChange> changes();
}
