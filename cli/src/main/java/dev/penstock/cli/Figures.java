package dev.penstock.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
    private Figures() {}

    /** With thousands separated: {@code 1,234,567}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number and its noun: {@code 1 row}, {@code 2 rows}. */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 1.3 MB}, in powers of ten. */
    static String megabytes(long bytes) {
        double megabytes = bytes / 1e6;
        return String.format(Locale.ROOT, megabytes < 10 ? "%.2f MB" : "%,.1f MB", megabytes);
    }

    /** {@code 950 ms}, {@code 12.3 s} or {@code 4 min 05 s}. */
    static String duration(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        return duration.toMinutes() < 1
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                : String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
    }

    /** How many a second. */
    static double rate(long amount, Duration elapsed) {
        return amount * 1000.0 / Math.max(1, elapsed.toMillis());
    }

    /** {@code 1,234 rows/s}; slow ones with a fraction. */
    static String rowsPerSecond(double rate) {
        return String.format(Locale.ROOT, rate < 10 ? "%.1f rows/s" : "%,.0f rows/s", rate);
    }

    /** {@code 12.3 MB/s}. */
    static String megabytesPerSecond(double rate) {
        return String.format(Locale.ROOT, "%,.1f MB/s", rate / 1e6);
    }
}
