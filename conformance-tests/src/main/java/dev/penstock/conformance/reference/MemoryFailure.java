package dev.penstock.conformance.reference;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.DataException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem.Code;
import java.io.IOException;
import java.time.Duration;

/** What the reference connector throws when the server is not there or will not. */
final class MemoryFailure {
    private static final Duration BUSY_WAIT = Duration.ofMillis(100);

    private MemoryFailure() {}

    /** The server was not reached, or went away: another attempt may do. */
    static ConnectorException of(String doing, String place, IOException cause) {
        return new RetryableException(
                "Cannot " + doing + " " + place + ": " + reason(cause)
                        + "; see that the server runs and can be reached",
                cause);
    }

    /** The server refused. */
    static ConnectorException of(String doing, String place, Refusal cause) {
        String reason = "Cannot " + doing + " " + place + ": " + cause.getMessage();
        return switch (cause.kind()) {
            case CREDENTIALS ->
                new ConfigException("user", Code.CREDENTIALS, reason, "see that user and password are right");
            case PRIVILEGE -> new ConfigException("user", Code.PRIVILEGE, reason, "give the user that right");
            case BUSY -> new RetryableException(reason, BUSY_WAIT);
            case FENCED -> new FencedException(reason + "; stop this process");
            case INVALID -> new DataException(reason + "; see that the columns fit the table", cause);
            case NOT_FOUND -> new FatalException(reason + "; find out who removed it", cause);
            case EXPIRED, UNKNOWN ->
                new FatalException(reason + "; see that server and connector are of the same release", cause);
        };
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        return message == null ? "the server ended the connection" : message;
    }
}
