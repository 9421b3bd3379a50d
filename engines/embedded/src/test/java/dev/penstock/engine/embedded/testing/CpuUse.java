package dev.penstock.engine.embedded.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Predicate;

/** How busy threads are. */
public final class CpuUse {
    private CpuUse() {}

    /** The part of one processor that threads with fitting names take over {@code time}. */
    public static double over(Duration time, Predicate<String> names) {
        long before = nanos(names);
        long start = System.nanoTime();
        Waiting.pause(time.toMillis());
        return (double) (nanos(names) - before) / (System.nanoTime() - start);
    }

    private static long nanos(Predicate<String> names) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> names.test(thread.getName()))
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getId())))
                .sum();
    }
}
