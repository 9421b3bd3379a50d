package dev.penstock.engine.embedded.keyed;

import java.util.BitSet;
import java.util.OptionalLong;

/**
 * Brings the barriers of several channels together: a channel that has its barrier waits until all others have theirs,
 * while they go on, so that a snapshot at that moment holds exactly what came before the barriers. Nothing is drained.
 * Not thread safe.
 */
final class BarrierAligner {
    private final int channels;
    private final BitSet arrived = new BitSet();
    private final BitSet ended = new BitSet();
    private long epoch = -1;

    BarrierAligner(int channels) {
        this.channels = channels;
    }

    /**
     * {@code channel} has come to the barrier of {@code barrier}.
     *
     * @return the epoch, if this was the last channel
     * @throws IllegalStateException if the channels have come to barriers of different epochs
     */
    OptionalLong barrier(int channel, long barrier) {
        if (!arrived.isEmpty() && barrier != epoch) {
            throw new IllegalStateException("Cannot align the barrier of epoch " + barrier + " of channel " + channel
                    + " with that of epoch " + epoch + ": a barrier was lost or sent twice");
        }
        epoch = barrier;
        arrived.set(channel);
        return completed();
    }

    /** {@code channel} has come to its end, and other channels wait for it no longer. */
    OptionalLong end(int channel) {
        ended.set(channel);
        return completed();
    }

    private OptionalLong completed() {
        if (arrived.isEmpty() || arrived.cardinality() + ended.cardinality() < channels) {
            return OptionalLong.empty();
        }
        arrived.clear();
        return OptionalLong.of(epoch);
    }

    /** Whether nothing may be taken from {@code channel} now. */
    boolean isBlocked(int channel) {
        return arrived.get(channel);
    }

    /** Whether all channels have ended. */
    boolean isEnded() {
        return ended.cardinality() == channels;
    }
}
