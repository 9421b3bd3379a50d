package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.EventClock;
import java.time.Duration;
import java.time.Instant;

/** Something that happened some seconds after the start of 2022, which windows are aligned to. */
record Event(String key, double second, String value) {
    static final Instant START = Instant.parse("2022-01-01T00:00:00Z");

    static Event of(double second, Object value) {
        return new Event("a", second, String.valueOf(value));
    }

    Instant time() {
        return START.plusNanos(Math.round(second * 1e9));
    }

    /** The clock of events, waiting for none. */
    static EventClock<Event> clock() {
        return EventClock.of(Event::time);
    }

    static EventClock<Event> waiting(int seconds) {
        return clock().waitFor(Duration.ofSeconds(seconds));
    }

    /** The second of {@code time}, as cases are told. */
    static long second(Instant time) {
        return time.getEpochSecond() - START.getEpochSecond();
    }

    @Override
    public String toString() {
        return value;
    }
}
