package dev.penstock.engine.embedded.testing;

import dev.penstock.engine.embedded.EmbeddedEngine;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions, with a deadline. */
public final class Waiting {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Waiting() {}

    /** Waits until {@code condition} holds. */
    public static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited longer than " + DEADLINE);
            }
            pause(1);
        }
    }

    /** Stops {@code engine} when {@code condition} holds. */
    public static Thread stopWhen(EmbeddedEngine engine, BooleanSupplier condition) {
        Thread stopper = new Thread(() -> {
            until(condition);
            engine.stop();
        });
        stopper.setDaemon(true);
        stopper.start();
        return stopper;
    }

    /** Takes its time, as a slow server does. */
    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
