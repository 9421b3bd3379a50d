package dev.penstock.format.records;

import java.time.Duration;

/** How long a poll may go on, and how long to wait until the next one. */
public final class PollClock {
    private static final Duration FIRST_WAIT = Duration.ofMillis(10);

    private final Duration longestWait;
    private volatile boolean woken;
    private volatile boolean closed;
    private long started;
    private Duration allowed = Duration.ZERO;
    private Duration wait = FIRST_WAIT;

    /** @param longestWait between two polls that find nothing */
    public PollClock(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /** @throws IllegalStateException if the reader is closed */
    public void start(Duration maxWait) {
        if (closed) {
            throw new IllegalStateException("Cannot read from a reader that is closed");
        }
        started = System.nanoTime();
        allowed = maxWait;
    }

    /** Whether the poll must return with what it has. */
    public boolean isOver() {
        return woken || System.nanoTime() - started >= allowed.toNanos();
    }

    /** From another thread: the poll that runs, or the next one, is over. */
    public void wakeup() {
        woken = true;
    }

    /** No poll may start any more. */
    public void close() {
        closed = true;
    }

    /** The poll returns. */
    public void stop() {
        woken = false;
    }

    /** There was something to read. */
    public void busy() {
        wait = FIRST_WAIT;
    }

    /** There was nothing; each time in a row the wait is longer. */
    public Duration idle() {
        Duration now = wait;
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(longestWait) > 0 ? longestWait : doubled;
        return now;
    }
}
