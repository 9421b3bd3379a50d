package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * When {@link KeyedStream#collect} gives the list of a key: at the first of these, and at the end of bounded inputs.
 * Immutable.
 *
 * @param size with so many items
 * @param idle when no item came for so long by the wall clock; each item starts the time anew, so that a key that is
 *     fed steadily never ends by it
 * @param waited when the first item of the list has waited for so long by the wall clock, whatever comes after it
 */
public record Until(int size, Optional<Duration> idle, Optional<Duration> waited) {
    public Until {
        requireNonNull(idle, "idle");
        requireNonNull(waited, "waited");
        if (size < 1) {
            throw new IllegalArgumentException("Cannot collect lists of " + size + " items: at least 1");
        }
        checkPositive(idle);
        checkPositive(waited);
    }

    private static void checkPositive(Optional<Duration> time) {
        if (time.filter(wanted -> wanted.isNegative() || wanted.isZero()).isPresent()) {
            throw new IllegalArgumentException(
                    "Cannot collect for " + time.get() + ": give a time that is greater than zero");
        }
    }

    /** Lists of {@code size} items, however long they take. */
    public static Until size(int size) {
        return new Until(size, Optional.empty(), Optional.empty());
    }

    /** Or when no item of the key came for {@code time}. */
    public Until orIdle(Duration time) {
        return new Until(size, Optional.of(time), waited);
    }

    /** Or when the first item has waited for {@code time}. */
    public Until orWaited(Duration time) {
        return new Until(size, idle, Optional.of(time));
    }
}
