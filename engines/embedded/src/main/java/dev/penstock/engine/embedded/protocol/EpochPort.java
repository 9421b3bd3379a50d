package dev.penstock.engine.embedded.protocol;

import dev.penstock.engine.embedded.store.SealedEpoch;

/**
 * What the coordinator asks of whoever drives it. Called by the thread that steps the coordinator; none of it waits.
 */
public interface EpochPort {
    /**
     * Asks every lane to end its epochs up to and including {@code epoch}, each between two batches, and to hand each
     * {@link Contribution} to {@link EpochCoordinator#contribute}.
     *
     * @param last whether no row comes after it
     */
    void barrier(long epoch, boolean last);

    /** Starts a commit; its result goes to {@link EpochCoordinator#committed}. One at a time a sink. */
    void commit(CommitRequest request);

    /** {@code epoch} is durable: sources may release upstream what it covers. */
    void durable(SealedEpoch epoch);
}
