package dev.penstock.conformance.rules;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Tells a connector that is late from a host that is: with more to do than processors for it, everything is late. */
final class HostPace {
    private static final Duration CONTROL = Duration.ofMillis(5);
    private static final Duration LATE = Duration.ofMillis(10);
    private static final int MOST = 60;

    private HostPace() {}

    /**
     * The shortest of some tries, and of more if the host was late itself: a try that is followed by a wait of this
     * thread that came out much too long does not count as one.
     *
     * @param enough no more tries are made once one was as short as this
     */
    static Duration shortest(int tries, Duration enough, Supplier<Duration> measured) {
        Duration shortest = Duration.ofDays(1);
        int counted = 0;
        int made = 0;
        while (made < tries || (counted < tries && made < MOST && shortest.compareTo(enough) > 0)) {
            Duration took = measured.get();
            shortest = took.compareTo(shortest) < 0 ? took : shortest;
            counted += isLate() ? 0 : 1;
            made++;
        }
        return shortest;
    }

    private static boolean isLate() {
        long start = System.nanoTime();
        LockSupport.parkNanos(CONTROL.toNanos());
        return System.nanoTime() - start > CONTROL.plus(LATE).toNanos();
    }
}
