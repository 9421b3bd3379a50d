package dev.penstock.conformance.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How slow the network is, each way for itself.
 *
 * @param delay of a piece of data
 * @param everyNth which pieces are delayed: 1 for all, 100 for one in a hundred
 * @param bytesPerSecond the most that goes through a connection; 0 for any number
 */
public record Shape(Duration delay, int everyNth, long bytesPerSecond) {
    /** As fast as it goes. */
    public static final Shape NONE = new Shape(Duration.ZERO, 1, 0);

    public Shape {
        requireNonNull(delay, "delay");
        if (everyNth < 1 || bytesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "Cannot delay one piece in " + everyNth + " at " + bytesPerSecond + " bytes a second");
        }
    }

    /** Every piece takes {@code delay} longer. */
    public static Shape latency(Duration delay) {
        return new Shape(delay, 1, 0);
    }

    /** No more than so many bytes a second go through a connection. */
    public static Shape bandwidth(long bytesPerSecond) {
        return new Shape(Duration.ZERO, 1, bytesPerSecond);
    }

    /** How long piece {@code number} of so many bytes is held up. */
    Duration holdUp(long number, int bytes) {
        Duration slow = bytesPerSecond == 0 ? Duration.ZERO : Duration.ofNanos(bytes * 1_000_000_000L / bytesPerSecond);
        return number % everyNth == 0 ? slow.plus(delay) : slow;
    }
}
