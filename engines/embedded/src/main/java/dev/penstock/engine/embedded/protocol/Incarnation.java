package dev.penstock.engine.embedded.protocol;

import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.Recovered;
import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.spi.WriterSlot;

/**
 * One life of a pipeline, from taking over its state to giving it up or crashing.
 *
 * @param runId tells it from all others
 * @param generation greater than that of all before
 * @param recovered where it starts from
 */
public record Incarnation(String runId, long generation, Recovered recovered) {
    /**
     * Takes over the pipeline's state. After it, whatever runs elsewhere can seal nothing any more.
     *
     * @throws dev.penstock.engine.embedded.store.StateInUseException if another live process owns it
     */
    public static Incarnation start(RecoveryStore store, Owner owner) {
        long generation = store.claim(owner);
        return new Incarnation(owner.runId(), generation, store.recover());
    }

    /** The number of the first epoch of this incarnation. */
    public long firstEpoch() {
        return Math.max(recovered.epoch(), 0) + 1;
    }

    /** Which writer of a sink writer {@code index} of {@code count} is. */
    public WriterSlot slot(String sinkId, int index, int count) {
        return new WriterSlot(sinkId, runId, index, count, recovered.epoch());
    }
}
