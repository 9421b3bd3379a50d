package dev.penstock.dataflow.window;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times and lengths in microseconds; sums that are too large are the largest there is. */
final class Micros {
    private static final long PER_SECOND = 1_000_000;
    private static final int NANOS = 1_000;

    private Micros() {}

    /** {@code length}, cut off to whole microseconds. */
    static long of(Duration length) {
        if (length.getSeconds() >= Long.MAX_VALUE / PER_SECOND - 1) {
            return Long.MAX_VALUE;
        }
        return length.getSeconds() * PER_SECOND + length.getNano() / NANOS;
    }

    /** {@code time}, cut off to whole microseconds. */
    static long of(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), (long) time.getNano() / NANOS);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** {@code time + length}, where {@code length} is not negative. */
    static long plus(long time, long length) {
        long sum = time + length;
        return sum < time ? Long.MAX_VALUE : sum;
    }

    /**
     * {@code length} in microseconds.
     *
     * @throws IllegalArgumentException if it is not at least one
     */
    static long requirePositive(Duration length, String what) {
        long micros = of(length);
        if (micros < 1) {
            throw new IllegalArgumentException(
                    "Cannot use " + what + " '" + length + "': it is less than a microsecond; give a longer one");
        }
        return micros;
    }

    /**
     * {@code length} in microseconds.
     *
     * @throws IllegalArgumentException if it is negative
     */
    static long requireNotNegative(Duration length, String what) {
        if (length.isNegative()) {
            throw new IllegalArgumentException(
                    "Cannot use " + what + " '" + length + "': it is negative; give zero or more");
        }
        return of(length);
    }
}
