package dev.penstock.connector.postgres;

/** A value that one side has and the other cannot hold: the row it is in is bad, its neighbours are not. */
final class ValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong with the value, without naming the column. */
    ValueException(String message) {
        super(message, null, false, false);
    }
}
