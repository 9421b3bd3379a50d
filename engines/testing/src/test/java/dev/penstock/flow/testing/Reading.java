package dev.penstock.flow.testing;

import java.time.Instant;
import java.util.List;

/** A measurement, the item of the tests over all operators. */
record Reading(String sensor, int number, int second) {
    /** Four sensors, a little out of order; numbers are unique. */
    static final List<Reading> SOME = List.of(
            new Reading("a", 1, 0),
            new Reading("b", 2, 1),
            new Reading("a", 3, 7),
            new Reading("c", 4, 5),
            new Reading("a", 5, 12),
            new Reading("b", 6, 3),
            new Reading("d", 7, 26),
            new Reading("a", 8, 25),
            new Reading("b", 9, 40),
            new Reading("c", 10, 41));

    Instant time() {
        return Event.START.plusSeconds(second);
    }

    @Override
    public String toString() {
        return sensor + ":" + number;
    }
}
