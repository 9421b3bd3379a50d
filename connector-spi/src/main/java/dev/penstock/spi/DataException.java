package dev.penstock.spi;

/** The owner of the data must act: something in it cannot be read or written, and it is more than a row. */
public final class DataException extends ConnectorException {
    /** What is wrong with which data. */
    public DataException(String message) {
        super(message);
    }

    /** What is wrong with which data, and what found it. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
