package dev.penstock.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** How a contender says what it measured itself, leaving out its start-up. */
final class Measured {
    private final long nanos = System.nanoTime();
    private final long processorNanos = processorNow();

    private Measured() {}

    /** The clock runs, and counts the processor time of all threads. */
    static Measured start() {
        return new Measured();
    }

    /** Prints the line that {@link ProcessWatch} looks for. */
    void print(long units) {
        System.out.printf(
                Locale.ROOT,
                "measured units=%.1f seconds=%.6f cpu=%.6f%n",
                (double) units,
                (System.nanoTime() - nanos) / 1e9,
                (processorNow() - processorNanos) / 1e9);
    }

    private static long processorNow() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
