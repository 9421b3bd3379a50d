package dev.penstock.engine.embedded.testing;

import dev.penstock.engine.embedded.WakingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that stands still until a test moves it. */
public final class ManualClock implements WakingClock {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration time) {
        now = now.plus(time);
        listeners.forEach(Runnable::run);
    }

    /** How many want to be told. */
    public int listeners() {
        return listeners.size();
    }

    @Override
    public Registration onMoved(Runnable action) {
        listeners.add(action);
        return () -> listeners.remove(action);
    }
}
