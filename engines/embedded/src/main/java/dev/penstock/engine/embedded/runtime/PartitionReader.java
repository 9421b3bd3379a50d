package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.RowOrigin;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition into its worker's queue, a turn at a time. Turns are taken by one thread at a time; only
 * {@link #durable} and {@link #wakeup} may come from others.
 */
final class PartitionReader {
    /** What is to be done with the reader after a turn. */
    sealed interface Turn {
        /** It has more, or may have. */
        record Again() implements Turn {}

        /** It has nothing for a while. */
        record Later(Duration pause) implements Turn {}

        /** It is set aside by its queue, which wakes it. */
        record Aside() implements Turn {}

        /** It has come to its end. */
        record Over() implements Turn {}
    }

    private static final Turn AGAIN = new Turn.Again();
    private static final Turn ASIDE = new Turn.Aside();
    private static final Turn OVER = new Turn.Over();

    private final SourceStep source;
    private final Partition partition;
    private final RowOrigin origin;
    private final Optional<Known> known;
    private final boolean vanished;
    private final LaneQueue queue;
    private final AtomicReference<@Nullable ResumeState> durable = new AtomicReference<>();
    private volatile @Nullable SourcePartition open;
    private volatile Runnable ready = () -> {};
    private @Nullable ResumeState reached;
    private volatile long silentUntil = Long.MIN_VALUE;
    private boolean silent;
    private boolean hadRows;
    private boolean ended;
    private int failures;

    /**
     * A reader that is opened at its first turn.
     *
     * @param known where the partition stood at the last durable epoch
     * @param vanished whether it is read once more only to hear what became of it
     */
    PartitionReader(SourceStep source, Partition partition, Optional<Known> known, boolean vanished, LaneQueue queue) {
        this.source = source;
        this.partition = partition;
        this.origin = new RowOrigin(source.id(), partition.id());
        this.known = known;
        this.vanished = vanished;
        this.queue = queue;
        this.reached = known.map(Known::state).orElse(null);
    }

    /** A durable position, and whether the partition had ended there. */
    record Known(ResumeState state, boolean ended) {}

    SourceStep source() {
        return source;
    }

    Partition partition() {
        return partition;
    }

    /** Where its rows come from. */
    RowOrigin origin() {
        return origin;
    }

    /** Up to when it is known to have given nothing since it last fell silent, in milliseconds. Any thread. */
    long silentUntil() {
        return silentUntil;
    }

    boolean vanished() {
        return vanished;
    }

    LaneQueue queue() {
        return queue;
    }

    /** Whether the partition stands where it stood when it was opened, for the worker to leave out. */
    boolean stands(ResumeState state, boolean ended) {
        return known.isPresent() && known.get().equals(new Known(state, ended));
    }

    boolean isOpen() {
        return open != null;
    }

    /** What is to run when the partition says that it has rows; before the first turn. */
    void onReady(Runnable listener) {
        ready = listener;
    }

    /** {@code state} is durable; the source hears it at the next turn. */
    void durable(ResumeState state) {
        durable.set(state);
    }

    void wakeup() {
        SourcePartition reader = open;
        if (reader != null) {
            reader.wakeup();
        }
    }

    /** Polls once; after the end, tells the source what is durable by now and frees the reader. */
    Turn turn(ReadSettings settings, Duration maxWait, Decoder decoder) {
        if (ended) {
            finish();
            return OVER;
        }
        long room = Math.min(settings.batchBytes(), queue.limit());
        if (!queue.reserve(room, this)) {
            return ASIDE;
        }
        boolean handed = false;
        settings.timed().ifPresent(clock -> silentUntil = Math.min(silentUntil, clock.millis()));
        try {
            SourcePartition reader = opened();
            tellDurable(reader);
            Poll poll = reader.poll(settings.batchRows(), room, maxWait);
            failures = 0;
            if (poll instanceof Poll.Rows rows) {
                hand(rows, decoder, room);
                handed = true;
                return AGAIN;
            }
            return poll instanceof Poll.Idle idle ? idle(idle, settings) : end((Poll.End) poll);
        } catch (RetryableException e) {
            return retry(e, settings);
        } finally {
            if (!handed) {
                queue.release(room);
            }
        }
    }

    private SourcePartition opened() {
        SourcePartition reader = open;
        if (reader == null) {
            reader = source.partition(partition, Optional.ofNullable(reached));
            reader.onReady(ready);
            open = reader;
        }
        return reader;
    }

    private void tellDurable(SourcePartition reader) {
        ResumeState state = durable.getAndSet(null);
        if (state != null) {
            reader.stateDurable(state);
        }
    }

    private void hand(Poll.Rows rows, Decoder decoder, long room) {
        silent = false;
        hadRows |= !rows.rows().isEmpty() || !rows.bad().isEmpty();
        Decoded decoded = decoder.decode(source.id(), rows.rows());
        reached = rows.after();
        queue.put(new Item.Rows(this, Given.of(rows.rows()), decoded, rows.bad(), rows.after()), room);
    }

    private Turn idle(Poll.Idle idle, ReadSettings settings) {
        settings.timed().ifPresent(clock -> silent(clock.millis(), idle.retryAfter()));
        if (!idle.position().equals(reached)) {
            reached = idle.position();
            queue.put(new Item.Idle(this, idle.position()), 0);
        }
        return new Turn.Later(idle.retryAfter());
    }

    /** Nothing was there now, and nothing will be asked for until {@code pause} is over, or there is something. */
    private void silent(long nowMillis, Duration pause) {
        silentUntil = nowMillis + pause.toMillis();
        if (!silent) {
            silent = true;
            queue.put(new Item.Silent(this, nowMillis), 0);
        }
    }

    private Turn end(Poll.End end) {
        reached = end.last();
        ended = true;
        if (!source.prunes()) {
            close();
        }
        queue.put(new Item.End(this, end.last()), 0);
        return OVER;
    }

    /** Whether the partition had nothing to say although it was known before. */
    boolean unchanged() {
        return known.isPresent() && !hadRows && !vanished;
    }

    /** Another reader is made from where this one stood: rows that are in the queue are not read again. */
    private Turn retry(RetryableException cause, ReadSettings settings) {
        failures++;
        if (failures > settings.maxRetries()) {
            throw cause;
        }
        settings.retried().run();
        close();
        return new Turn.Later(settings.backoff(failures, cause.after()));
    }

    /** Tells the source what is durable if it waits for that, and frees the reader. */
    void finish() {
        SourcePartition reader = open;
        if (reader != null) {
            try {
                tellDurable(reader);
            } finally {
                close();
            }
        }
    }

    /** Frees the reader; only between turns. */
    void close() {
        SourcePartition reader = open;
        open = null;
        if (reader != null) {
            reader.close();
        }
    }
}
