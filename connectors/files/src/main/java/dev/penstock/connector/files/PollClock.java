package dev.penstock.connector.files;

import java.time.Duration;

/** How long a poll may go on, and how long to wait until the next one. */
final class PollClock {
    private static final Duration FIRST_WAIT = Duration.ofMillis(10);

    private final Duration longestWait;
    private volatile boolean woken;
    private volatile boolean closed;
    private long started;
    private Duration allowed = Duration.ZERO;
    private Duration wait = FIRST_WAIT;

    PollClock(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /** @throws IllegalStateException if the reader is closed */
    void start(Duration maxWait) {
        if (closed) {
            throw new IllegalStateException("Cannot read from a reader that is closed");
        }
        started = System.nanoTime();
        allowed = maxWait;
    }

    /** Whether the poll must return with what it has. */
    boolean isOver() {
        return woken || System.nanoTime() - started >= allowed.toNanos();
    }

    /** From another thread: the poll that runs, or the next one, is over. */
    void wakeup() {
        woken = true;
    }

    /** No poll may start any more. */
    void close() {
        closed = true;
    }

    /** The poll returns. */
    void stop() {
        woken = false;
    }

    /** There was something to read. */
    void busy() {
        wait = FIRST_WAIT;
    }

    /** There was nothing; each time in a row the wait is longer. */
    Duration idle() {
        Duration now = wait;
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(longestWait) > 0 ? longestWait : doubled;
        return now;
    }
}
