package dev.penstock.dataflow.format;

/**
 * A value that cannot be read or written: what makes a rejected row.
 *
 * <p>The message says what was expected and what kind of thing was found, never the value, and is meant to stand behind
 * the name of the column. Carries no stack, so that a file of bad rows costs little more than one of good rows.
 */
public final class ValueException extends RuntimeException {
    /** What is wrong. */
    public ValueException(String reason) {
        super(reason, null, false, false);
    }

    /** What is wrong, as it stands in the message. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** The same, said of {@code column}. */
    public ValueException in(String column) {
        return new ValueException("column '" + column + "': " + reason());
    }
}
