package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The time in the items. For each partition of the source the engine keeps a watermark: the latest time seen in it less
 * {@link #waitFor()}. An item is late if its time is before the watermark of its partition; windows close by the least
 * watermark of all partitions that are not idle. At the end of a bounded source all windows close.
 *
 * <p>Implementations are called on several threads at once, before the items are spread by key.
 *
 * @param <V> the items
 */
@FunctionalInterface
public non-sealed interface EventClock<V> extends Clock<V> {
    /** When {@code item} happened, in microseconds since 1970-01-01T00:00Z. */
    long micros(V item);

    /** How much earlier than the latest item before it an item of the same partition may be and not be late. */
    default Duration waitFor() {
        return Duration.ZERO;
    }

    /** How long a partition may give nothing, while it is read, before the others go on without it. */
    default Duration idleAfter() {
        return EventTime.DEFAULT_IDLE_AFTER;
    }

    /** The clock of {@code time}, cut off to microseconds; waits for nothing. */
    static <V> EventClock<V> of(Function<? super V, Instant> time) {
        requireNonNull(time, "time");
        return item -> ItemTimes.micros(time.apply(item));
    }

    /** The clock of {@code micros}, in microseconds since 1970-01-01T00:00Z; waits for nothing. */
    static <V> EventClock<V> ofMicros(ToLongFunction<? super V> micros) {
        requireNonNull(micros, "micros");
        return micros::applyAsLong;
    }

    /**
     * The times that items carry already: those that their source gave them, or, for results of windows, those of the
     * windows; and the watermarks that came with them. For windows over windows.
     */
    static <V> Clock<V> carried() {
        return new CarriedClock<>();
    }

    /**
     * This clock, waiting so long for items that are out of order. {@code Duration.ofSeconds(Long.MAX_VALUE)} waits for
     * the end of the input.
     */
    default EventClock<V> waitFor(Duration outOfOrder) {
        return ItemTimes.clock(this, outOfOrder, idleAfter());
    }

    /** This clock, going on after {@code silence} without a partition that gives nothing. */
    default EventClock<V> idleAfter(Duration silence) {
        return ItemTimes.clock(this, waitFor(), silence);
    }
}
