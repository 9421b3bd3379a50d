package dev.penstock.engine.embedded;

import java.time.InstantSource;

/** A clock that somebody moves by hand, and that says so: engines then look at it at once instead of after a while. */
public interface WakingClock extends InstantSource {
    /**
     * Has {@code action} run after each move, by the thread that moved the clock, until the result is closed.
     *
     * @param action does not block
     */
    Registration onMoved(Runnable action);

    /** A wish to be told that can be taken back. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        /** Takes it back; again does nothing. */
        @Override
        void close();
    }
}
