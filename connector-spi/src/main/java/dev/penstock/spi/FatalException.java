package dev.penstock.spi;

/** A person must look: it will not pass by itself, and is not a matter of settings or data. */
public final class FatalException extends ConnectorException {
    /** What cannot go on, and why. */
    public FatalException(String message) {
        super(message);
    }

    /** What cannot go on, why, and what found it. */
    public FatalException(String message, Throwable cause) {
        super(message, cause);
    }
}
