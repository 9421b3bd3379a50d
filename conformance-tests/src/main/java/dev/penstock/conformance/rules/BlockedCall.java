package dev.penstock.conformance.rules;

import dev.penstock.conformance.fault.FaultProxy;
import dev.penstock.conformance.rule.RuleViolation;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call in a thread of its own, whose peer is silent. */
final class BlockedCall {
    /** How long a connector may take to let a call go. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration LIKELY = Duration.ofMillis(150);

    private final Thread thread;
    private final String name;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean interrupted;

    private BlockedCall(String name, Runnable call) {
        this.name = name;
        this.thread = new Thread(() -> run(call), "blocked-" + name);
        thread.setDaemon(true);
    }

    private void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            interrupted = Thread.currentThread().isInterrupted();
        }
    }

    /** Starts a call and waits until it is blocked by {@code proxy}, or most likely is. */
    static BlockedCall start(String name, FaultProxy proxy, Runnable call) throws InterruptedException {
        BlockedCall blocked = new BlockedCall(name, call);
        int hits = proxy.log().hits().size();
        blocked.thread.start();
        long end = System.nanoTime() + LIKELY.toNanos();
        while (blocked.thread.isAlive()
                && System.nanoTime() < end
                && !proxy.log().awaitHits(hits + 1, Duration.ofMillis(2))) {
            Thread.onSpinWait();
        }
        return blocked;
    }

    /** Whether it has not returned yet. */
    boolean isBlocked() {
        return thread.isAlive();
    }

    void interrupt() {
        thread.interrupt();
    }

    /**
     * Waits for its end after {@code freed}, which is to have ended it.
     *
     * @return what it threw
     */
    Optional<RuntimeException> awaitEnd(String freed) throws InterruptedException {
        long start = System.nanoTime();
        thread.join(GRACE.toMillis());
        if (thread.isAlive()) {
            StackTraceElement[] stack = thread.getStackTrace();
            throw new RuleViolation(
                    name + " is still blocked "
                            + Duration.ofNanos(System.nanoTime() - start).toMillis()
                            + " ms after " + freed + ", by a peer that is silent; it is in "
                            + (stack.length == 0 ? "?" : stack[0]),
                    "wakeup and close end the wait itself (close the socket, wake the selector); a flag that is looked"
                            + " at after the wait does not do");
        }
        return Optional.ofNullable(failure);
    }

    /** The interrupt that ended it must be seen by whoever comes next. */
    void requireInterrupted() {
        if (!interrupted) {
            throw new RuleViolation(
                    name + " was interrupted, returned, and its thread no longer knows: " + failure,
                    "catch (InterruptedException e): call Thread.currentThread().interrupt() before going on");
        }
    }
}
