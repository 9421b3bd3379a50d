package dev.penstock.flow.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that stands still until a test moves it.
 *
 * <p><b>Threads:</b> any. Never goes back, as timers cannot be taken back once they have fired.
 */
public final class TestClock implements InstantSource {
    private volatile Instant now;

    private TestClock(Instant start) {
        this.now = start;
    }

    /** A clock that shows {@code start}. */
    public static TestClock at(Instant start) {
        return new TestClock(requireNonNull(start, "start"));
    }

    /** A clock that shows the first moment of 2022, UTC. */
    public static TestClock standing() {
        return at(Instant.parse("2022-01-01T00:00:00Z"));
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves it by {@code time}, which is not negative. */
    public synchronized void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(
                    "Cannot move the clock by '" + time + "': it never goes back; give a positive duration");
        }
        now = now.plus(time);
    }

    @Override
    public String toString() {
        return "clock at " + now;
    }
}
