package dev.penstock.spi;

/**
 * What connectors throw; the type says who must act, and the engine does as it says.
 *
 * <p>Messages read {@code Cannot <verb> <thing> '<value>': <why>; <what to do>} and hold no secret (ER-04).
 */
public abstract sealed class ConnectorException extends RuntimeException
        permits RetryableException,
                ConfigException,
                DataException,
                ResumeLostException,
                StateVersionException,
                FencedException,
                FatalException {
    ConnectorException(String message, Throwable cause) {
        super(message, cause);
    }

    ConnectorException(String message) {
        super(message);
    }
}
