package dev.penstock.connector.kafka;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what others do. */
final class Waiting {
    private static final long LOOK_NANOS = 20_000_000;

    private Waiting() {}

    static void until(String what, Duration longest, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + ": not within " + longest);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
