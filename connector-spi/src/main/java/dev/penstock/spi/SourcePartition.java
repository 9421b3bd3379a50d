package dev.penstock.spi;

import java.time.Duration;

/**
 * Reads one partition in order.
 *
 * <p><b>Order of calls:</b> {@code onReady? (poll | stateDurable)* close}. After {@link Poll.End} every further poll
 * gives {@code End} again (SP-01).
 *
 * <p><b>Threads:</b> one at a time, not always the same one (CC-01); only {@link #wakeup} may come from another one at
 * any time.
 */
public interface SourcePartition extends AutoCloseable {
    /**
     * The next rows, or why there are none; blocks at most {@code maxWait} (SP-09).
     *
     * <p>The classic mistake: {@link Poll.Rows#after} resumes <i>after</i> the last row given, not at it.
     *
     * @param maxRows at least 1; give no more rows
     * @param maxBytes give no more bytes, unless a single row is larger
     * @throws RetryableException for what may pass; the engine waits, closes this reader and makes another one from the
     *     last state
     * @throws ConnectorException for everything else
     */
    Poll poll(int maxRows, long maxBytes, Duration maxWait);

    /**
     * Everything up to {@code state} is safe: only now may it be released upstream (SP-06). May be late, repeated or
     * skipped.
     */
    default void stateDurable(ResumeState state) {}

    /**
     * Gives a reader that learns of rows by itself a way to say so: it runs {@code ready} when a poll may find
     * something where the last one found nothing, and the engine polls soon after, rather than when
     * {@link Poll.Idle#retryAfter} is over. A reader that was given one may name longer times there; one that was not
     * is polled by these times alone.
     *
     * @param ready from any thread, as often as wanted, also for nothing; returns at once and throws nothing
     */
    default void onReady(Runnable ready) {}

    /** Makes a blocked {@link #poll} return early; a later one too if none is running. */
    default void wakeup() {}

    @Override
    void close();
}
