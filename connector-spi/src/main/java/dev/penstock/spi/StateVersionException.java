package dev.penstock.spi;

/** The operator must use another release: a state or handle was written by one that this one does not understand. */
public final class StateVersionException extends ConnectorException {
    /** A state of {@code thing} in version {@code found}, where {@code newest} is the newest known. */
    public StateVersionException(String thing, int found, int newest) {
        super("Cannot read the state of " + thing + ": it has version " + found + " and this release reads up to "
                + newest + "; use the release that wrote it, or a newer one");
    }

    /** A state of {@code thing} that cannot be read at all. */
    public StateVersionException(String thing, Throwable cause) {
        super(
                "Cannot read the state of " + thing + ": " + cause.getMessage()
                        + "; it is damaged or not of this connector",
                cause);
    }
}
