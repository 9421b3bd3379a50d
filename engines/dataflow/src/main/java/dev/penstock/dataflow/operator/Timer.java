package dev.penstock.dataflow.operator;

import static java.util.Objects.requireNonNull;

/**
 * A call that a key asked for. Two timers of a key are the same if all parts are equal.
 *
 * @param domain which clock it follows
 * @param time when it is due, in microseconds since 1970-01-01T00:00Z
 * @param tag tells timers of a key apart; means what the operator says, for example the start of a window
 */
public record Timer(TimeDomain domain, long time, long tag) {
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
}
