package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.RuleViolation;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks at something again and again while something else happens.
 *
 * <p><b>Order of calls:</b> {@code start} by the subclass, {@link #finish}, {@link #close}. <b>Threads:</b>
 * {@link #look} is called by one of its own, and perhaps by others.
 */
abstract class Watching implements AutoCloseable {
    private static final long PAUSE_NANOS = 500_000;

    private final Thread thread;
    private volatile boolean stopped;
    private final AtomicLong looks = new AtomicLong();
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable RuleViolation violation;

    Watching(String name) {
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Looks once. */
    abstract void look();

    final void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                look();
                looks.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS); // others need the processor too
            }
        } catch (RuleViolation e) {
            violation = e;
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** How often was looked. */
    final long looks() {
        return looks.get();
    }

    /** Ends; throws what was found. */
    final void finish() {
        close();
        Optional.ofNullable(violation).ifPresent(found -> {
            throw found;
        });
        Optional.ofNullable(failure).ifPresent(found -> {
            throw found;
        });
    }

    /** Ends. */
    @Override
    public final void close() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
