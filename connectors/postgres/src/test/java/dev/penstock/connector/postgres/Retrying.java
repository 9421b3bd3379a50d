package dev.penstock.connector.postgres;

import dev.penstock.spi.RetryableException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tries again what may pass, as an engine does. */
final class Retrying {
    private Retrying() {}

    static <T> T until(Supplier<T> step) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                return step.get();
            } catch (RetryableException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }
}
