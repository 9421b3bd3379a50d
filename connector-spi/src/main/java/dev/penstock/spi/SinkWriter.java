package dev.penstock.spi;

import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;

/**
 * Writes rows, epoch by epoch.
 *
 * <p><b>Order of calls:</b> {@code (begin write* (flush | prepare) snapshot?)* close}; a sink that is not transactional
 * gets {@code flush} at the end of each epoch, a transactional one {@code prepare}.
 *
 * <p><b>Threads:</b> one at a time; only {@link #wakeup} may come from another one at any time.
 */
public interface SinkWriter extends AutoCloseable {
    /** What is written from here on belongs to {@code epoch}. */
    void begin(EpochId epoch);

    /** Takes rows; may buffer them. Accounts for every one (SA-06): what is not rejected is accepted. */
    WriteResult write(RecordBatch batch);

    /** Makes what was written durable, and visible (SA-01). Not called on a transactional sink. */
    default void flush() {}

    /**
     * Seals the epoch: all its rows are durable, none is visible, and only the commit is left (ST-01, ST-03). Empty if
     * nothing was written. Only called on a transactional sink.
     */
    default Optional<Prepared> prepare() {
        throw new UnsupportedOperationException("Cannot prepare: the sink is not transactional");
    }

    /** What another incarnation's writers should know of this one, kept with the epoch. */
    default Optional<ResumeState> snapshot() {
        return Optional.empty();
    }

    /** Makes a blocked call return early. */
    default void wakeup() {}

    /** Frees everything; commits nothing, flushes nothing (SA-07). */
    @Override
    void close();
}
