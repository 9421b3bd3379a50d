package dev.penstock.flow.testing;

import static java.util.Objects.requireNonNull;

import dev.penstock.engine.embedded.WakingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A clock that stands still until a test moves it; engines that run on it look at it at once.
 *
 * <p><b>Threads:</b> any. Never goes back, as timers cannot be taken back once they have fired.
 */
public final class TestClock implements WakingClock {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
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
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(
                    "Cannot move the clock by '" + time + "': it never goes back; give a positive duration");
        }
        synchronized (this) {
            now = now.plus(time);
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public Registration onMoved(Runnable action) {
        listeners.add(action);
        return () -> listeners.remove(action);
    }

    @Override
    public String toString() {
        return "clock at " + now;
    }
}
