package dev.penstock.engine.embedded.store;

import static java.util.Objects.requireNonNull;

/**
 * The state directory or file cannot be used just now. What was sealed before is safe, what was being written is not
 * there at all; once the reason is gone, the same call works.
 */
public final class StateUnavailableException extends RuntimeException {
    private final Reason reason;

    /** Why the state cannot be used. */
    public enum Reason {
        /** No space is left on the device. */
        DISK_FULL,
        /** The directory or a file in it may not be written. */
        READ_ONLY,
        /** Another process holds the file for longer than one should. */
        BUSY,
        /** The device or file system failed. */
        DEVICE
    }

    /** The state is unavailable for {@code reason}; the message says why and what to do. */
    public StateUnavailableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    /** Why the state cannot be used. */
    public Reason reason() {
        return reason;
    }
}
