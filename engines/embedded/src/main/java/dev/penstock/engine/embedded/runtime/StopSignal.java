package dev.penstock.engine.embedded.runtime;

import org.jspecify.annotations.Nullable;

/** Says that the pipeline is to drain and end, to whichever incarnation is alive. Any thread; once set it stays. */
public final class StopSignal {
    private boolean set;
    private @Nullable Runnable listener;

    /** Asks to stop; asking again does nothing. */
    public synchronized void set() {
        if (!set) {
            set = true;
            notifyAll();
            if (listener != null) {
                listener.run();
            }
        }
    }

    synchronized boolean isSet() {
        return set;
    }

    /** Has {@code action} run when the signal comes, at once if it has come already; replaces the action before. */
    synchronized void onSet(Runnable action) {
        listener = action;
        if (set) {
            action.run();
        }
    }

    /** Waits until the signal comes or {@code millis} are over. */
    synchronized void await(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; !set && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
