package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How many items an asynchronous step has under way, and in which order their results go on.
 *
 * @param order of the results of a batch
 * @param maxInFlight the most items of a worker that are under way at once
 * @param timeout how long an item may take; longer stops the pipeline
 */
public record AsyncOptions(Order order, int maxInFlight, Duration timeout) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** The order of results. */
    public enum Order {
        /** That of the items. */
        ORDERED,
        /** As they come. */
        UNORDERED
    }

    public AsyncOptions {
        requireNonNull(order, "order");
        requireNonNull(timeout, "timeout");
        if (maxInFlight < 1) {
            throw new IllegalArgumentException(
                    "Cannot have " + maxInFlight + " items under way: nothing would ever begin; give 1 or more");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "Cannot wait '" + timeout + "' for an item: it is not positive; give a longer time");
        }
    }

    /** Results in the order of the items; each may take 30 s. */
    public static AsyncOptions ordered(int maxInFlight) {
        return new AsyncOptions(Order.ORDERED, maxInFlight, DEFAULT_TIMEOUT);
    }

    /** Results as they come; each may take 30 s. */
    public static AsyncOptions unordered(int maxInFlight) {
        return new AsyncOptions(Order.UNORDERED, maxInFlight, DEFAULT_TIMEOUT);
    }

    /** These options with another timeout. */
    public AsyncOptions within(Duration newTimeout) {
        return new AsyncOptions(order, maxInFlight, newTimeout);
    }
}
