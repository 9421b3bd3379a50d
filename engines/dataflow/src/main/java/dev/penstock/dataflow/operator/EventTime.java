package dev.penstock.dataflow.operator;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;

/**
 * When the rows of an input happened, and how long later ones may still come: what watermarks are made of.
 *
 * <p>The engine keeps one watermark a source partition: the greatest time seen in it less {@code outOfOrder}. It moves
 * by rows, never by the wall clock, is kept with the state, and the step sees the least over all partitions that are
 * not idle. A row is late if its time is less than the watermark of its own partition when it was read, or than that of
 * the step; whether the rows were read in many batches or in one changes nothing.
 *
 * @param times gives the times of rows
 * @param outOfOrder how much earlier than the latest row before it a row of the same partition may be and not be late
 * @param idleAfter how long a partition may give nothing before the others go on without it
 */
public record EventTime(Assigner times, Duration outOfOrder, Duration idleAfter) {
    /** A partition that gives nothing for so long is not waited for any more, if nothing else is said. */
    public static final Duration DEFAULT_IDLE_AFTER = Duration.ofMinutes(1);

    public EventTime {
        requireNonNull(times, "times");
        requireNonNull(outOfOrder, "outOfOrder");
        requireNonNull(idleAfter, "idleAfter");
    }

    /** Gives the times of rows. Called by several threads at once. */
    @FunctionalInterface
    public interface Assigner {
        /** The time of each row, in microseconds since 1970-01-01T00:00Z. */
        long[] times(RecordBatch batch);
    }
}
