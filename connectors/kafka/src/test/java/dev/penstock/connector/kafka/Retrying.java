package dev.penstock.connector.kafka;

import dev.penstock.spi.RetryableException;
import java.time.Duration;
import java.util.function.Supplier;

/** Tries again as an engine does. */
final class Retrying {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Retrying() {}

    static <T> T until(Supplier<T> action) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                return action.get();
            } catch (RetryableException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }
}
