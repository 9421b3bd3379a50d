package dev.penstock.engine.embedded.runtime;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where all threads leave what the coordinating thread must do; the first failure comes before everything else. */
final class Mailbox {
    private final BlockingQueue<Runnable> letters = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Has {@code action} run by the coordinating thread. Any thread. */
    void post(Runnable action) {
        letters.add(action);
    }

    /** Has the coordinating thread fail with {@code cause}. Any thread. */
    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        letters.add(() -> {});
    }

    /** Runs what was left here, waiting up to {@code nanos} for the first. */
    void handle(long nanos) throws InterruptedException {
        @Nullable Runnable next = letters.poll(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
        while (next != null) {
            rethrow();
            next.run();
            next = letters.poll();
        }
        rethrow();
    }

    private void rethrow() {
        Throwable cause = failure.get();
        if (cause instanceof RuntimeException exception) {
            throw exception;
        }
        if (cause instanceof Error error) {
            throw error;
        }
    }
}
