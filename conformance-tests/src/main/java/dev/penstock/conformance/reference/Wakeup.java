package dev.penstock.conformance.reference;

import static java.util.Objects.requireNonNull;

/**
 * Lets another thread end what one thread waits for: what it waits for now, or else what it is going to wait for next.
 *
 * <p>The wait is interrupted only between {@link #begin} and {@link #end}, so that a late wakeup never breaks the next
 * call. <b>Threads:</b> {@link #wakeup} from any, everything else from the one that waits.
 */
final class Wakeup {
    private final Runnable interrupt;
    private boolean waiting; // guarded by this
    private boolean woken; // guarded by this

    /** Ends waits by {@code interrupt}, which must not block. */
    Wakeup(Runnable interrupt) {
        this.interrupt = requireNonNull(interrupt, "interrupt");
    }

    synchronized void wakeup() {
        woken = true;
        if (waiting) {
            interrupt.run();
        }
    }

    /** Begins to wait; false if there was a wakeup, and then no wait begins. */
    synchronized boolean begin() {
        waiting = !woken;
        woken = false;
        return waiting;
    }

    /** Whether there was a wakeup during the wait; it is forgotten then. */
    synchronized boolean wasInterrupted() {
        boolean was = woken;
        woken = false;
        return was;
    }

    synchronized void end() {
        waiting = false;
    }
}
