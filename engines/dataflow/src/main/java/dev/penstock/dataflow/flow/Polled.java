package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Poller} found. Immutable.
 *
 * @param items in order; may be none
 * @param position where the next look goes on, if it has moved
 * @param retryAfter when to look again if that is not at the next regular time
 */
public record Polled<T>(List<T> items, Optional<String> position, Optional<Duration> retryAfter) {
    public Polled {
        items = List.copyOf(items);
        requireNonNull(position, "position");
        requireNonNull(retryAfter, "retryAfter");
    }

    /** Found {@code items}. */
    public static <T> Polled<T> items(List<T> items) {
        return new Polled<>(items, Optional.empty(), Optional.empty());
    }

    /** Found one item. */
    public static <T> Polled<T> item(T item) {
        return items(List.of(item));
    }

    /** Found nothing, and wants to look again after {@code time} rather than at the next regular time. */
    public static <T> Polled<T> retryAfter(Duration time) {
        return new Polled<>(List.of(), Optional.empty(), Optional.of(time));
    }

    /** This, and the next look goes on at {@code newPosition}, also in a later run. */
    public Polled<T> goingOnAt(String newPosition) {
        return new Polled<>(items, Optional.of(newPosition), retryAfter);
    }
}
