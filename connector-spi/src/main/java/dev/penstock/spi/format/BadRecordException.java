package dev.penstock.spi.format;

/**
 * A record that cannot be read, or a row that cannot be written: what makes a rejected row.
 *
 * <p>The message says what was expected and what kind of thing was found, never the value. Carries no stack, so that a
 * topic of bad records costs little more than one of good ones. What has nothing to do with the record itself, such as
 * a registry that does not answer, is a {@link dev.penstock.spi.ConnectorException} instead.
 */
public final class BadRecordException extends RuntimeException {
    /** What is wrong. */
    public BadRecordException(String reason) {
        super(reason, null, false, false);
    }

    /** What is wrong, as it stands in the message. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** The same, said of {@code column}. */
    public BadRecordException in(String column) {
        return new BadRecordException("column '" + column + "': " + reason());
    }
}
