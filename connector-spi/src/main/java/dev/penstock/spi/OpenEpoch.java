package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The epoch that a {@link SinkWriter} has begun. Sees to the order of calls that writers have, so that a writer need
 * not: what comes out of order is an {@link IllegalStateException} that says why.
 *
 * <p><b>Order of calls:</b> {@code (begin current* end)* close}.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class OpenEpoch {
    private @Nullable EpochId epoch;
    private boolean closed;

    /** A writer that has begun none. */
    public OpenEpoch() {}

    /** {@code next} begins; the one before must have ended. */
    public void begin(EpochId next) {
        requireNonNull(next, "next");
        if (closed) {
            throw new IllegalStateException("Cannot begin epoch " + next + ": the writer is closed");
        }
        if (epoch != null) {
            throw new IllegalStateException("Cannot begin epoch " + next + ": " + epoch + " has not ended yet");
        }
        epoch = next;
    }

    /** The epoch that rows belong to now. */
    public EpochId current() {
        if (closed) {
            throw new IllegalStateException("Cannot write: the writer is closed");
        }
        if (epoch == null) {
            throw new IllegalStateException("Cannot write: no epoch was begun; call begin first");
        }
        return epoch;
    }

    /** Whether there is an epoch whose rows are neither prepared nor flushed. */
    public boolean isOpen() {
        return epoch != null;
    }

    /** The rows of the current epoch are prepared or flushed. */
    public void end() {
        epoch = null;
    }

    /** Nothing is written any more. Gives whether that is new. */
    public boolean close() {
        boolean first = !closed;
        closed = true;
        epoch = null;
        return first;
    }
}
