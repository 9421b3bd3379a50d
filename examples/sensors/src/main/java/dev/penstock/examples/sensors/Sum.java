package dev.penstock.examples.sensors;

import java.time.Instant;
import java.util.Locale;

/** The sum of a sensor's readings in the minute that begins at {@code start}. */
record Sum(String sensor, Instant start, double total) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s %.6f", sensor, start, total);
    }
}
