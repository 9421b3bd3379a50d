package dev.penstock.benchmarks;

import java.util.Locale;

/** How a contender says what it measured itself, leaving out its start-up. */
final class Measured {
    private Measured() {}

    /** Prints the line that {@link ProcessWatch} looks for. */
    static void print(double units, long nanos) {
        System.out.printf(Locale.ROOT, "measured units=%.1f seconds=%.6f%n", units, nanos / 1e9);
    }
}
