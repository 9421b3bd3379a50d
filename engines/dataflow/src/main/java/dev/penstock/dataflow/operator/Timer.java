package dev.penstock.dataflow.operator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * A call that a key asked for. Two timers of a key are the same if all parts are equal.
 *
 * @param domain which clock it follows
 * @param time when it is due, in microseconds since 1970-01-01T00:00Z
 * @param tag tells timers of a key apart; means what the operator says, for example the start of a window
 */
public record Timer(TimeDomain domain, long time, long tag) {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long FARTHEST_SECOND = Long.MAX_VALUE / MICROS_PER_SECOND - 1;

    public Timer {
        requireNonNull(domain, "domain");
    }

    /** A timer that is due when the watermark reaches {@code time}. */
    public static Timer eventTime(long time, long tag) {
        return new Timer(TimeDomain.EVENT, time, tag);
    }

    /** A timer that is due when the wall clock reaches {@code time}. */
    public static Timer processingTime(long time, long tag) {
        return new Timer(TimeDomain.PROCESSING, time, tag);
    }

    /** A timer that is due when the watermark reaches {@code time}, to the microsecond. */
    public static Timer eventTime(Instant time, long tag) {
        return eventTime(micros(time), tag);
    }

    /** A timer that is due when the wall clock reaches {@code time}, to the microsecond. */
    public static Timer processingTime(Instant time, long tag) {
        return processingTime(micros(time), tag);
    }

    /** When it is due. */
    public Instant instant() {
        return instant(time);
    }

    /** {@code time} in microseconds since 1970, rounded down; times that are too far away become the farthest. */
    public static long micros(Instant time) {
        return micros(time.getEpochSecond(), time.getNano());
    }

    /** {@code length} in microseconds, rounded down; what is too long becomes the longest. */
    public static long micros(Duration length) {
        return micros(length.getSeconds(), length.getNano());
    }

    private static long micros(long seconds, int nanos) {
        if (seconds > FARTHEST_SECOND || seconds < -FARTHEST_SECOND) {
            return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return seconds * MICROS_PER_SECOND + nanos / NANOS_PER_MICRO;
    }

    /** The time of {@code micros} since 1970; the farthest ones become {@link Instant#MIN} and {@link Instant#MAX}. */
    public static Instant instant(long micros) {
        if (micros == Long.MIN_VALUE || micros == Long.MAX_VALUE) {
            return micros < 0 ? Instant.MIN : Instant.MAX;
        }
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }
}
