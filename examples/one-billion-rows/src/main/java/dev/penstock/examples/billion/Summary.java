package dev.penstock.examples.billion;

import java.util.Locale;

/**
 * Temperatures of a station, in tenths of a degree.
 *
 * @param min the least
 * @param max the greatest
 * @param sum of all
 * @param count how many there are
 */
public record Summary(String station, int min, int max, long sum, long count) {
    /** What this and {@code other}, of the same station, say together. */
    public Summary and(Summary other) {
        return new Summary(
                station, Math.min(min, other.min), Math.max(max, other.max), sum + other.sum, count + other.count);
    }

    /** As the contest prints it: {@code Hamburg=-12.3/9.7/34.1}, the mean rounded up at the half. */
    @Override
    public String toString() {
        long mean = Math.floorDiv(2 * sum + count, 2 * count);
        return String.format(Locale.ROOT, "%s=%.1f/%.1f/%.1f", station, min / 10.0, mean / 10.0, max / 10.0);
    }
}
