package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/** It may work later: a connection was lost, a server is busy. The engine waits and tries again from the last state. */
public final class RetryableException extends ConnectorException {
    private final transient Optional<Duration> after;

    /** Try again when the engine sees fit. */
    public RetryableException(String message, Throwable cause) {
        super(message, cause);
        this.after = Optional.empty();
    }

    /** Try again {@code after} some time, as the server asked. */
    public RetryableException(String message, Duration after) {
        super(message);
        this.after = Optional.of(requireNonNull(after, "after"));
    }

    /** How long to wait, if the server said so. */
    public Optional<Duration> after() {
        return after;
    }
}
