package dev.penstock.connector.postgres;

/** Writes the values of the column that it was made for as fields of COPY BINARY: their length, then their bytes. */
@FunctionalInterface
interface ValueWriter {
    /** Writes the value of {@code row}, which is not null, with its length before it. */
    void write(int row, CopyBuffer out);
}
