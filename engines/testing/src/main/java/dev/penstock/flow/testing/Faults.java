package dev.penstock.flow.testing;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Ends a run at the n-th thing that it does outside: an item given, a batch written, an epoch prepared or committed.
 * From then on nothing outside succeeds any more in that life, as if the process were gone.
 */
final class Faults {
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

    /** A life begins that does {@code steps} things and not one more. */
    void begin(long steps) {
        left.set(steps);
    }

    /** A life begins that is left in peace. */
    void none() {
        begin(Long.MAX_VALUE);
    }

    /** Something is about to be done at {@code place}. */
    void step(String place) {
        if (left.getAndUpdate(count -> Math.max(0, count - 1)) <= 0) {
            throw TestAbort.at(place);
        }
    }
}
