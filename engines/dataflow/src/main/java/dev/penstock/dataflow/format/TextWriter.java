package dev.penstock.dataflow.format;

import dev.penstock.spi.data.Column;

/** Writes the values of one column as text, in the form that {@link TextReader} reads back. */
public interface TextWriter {
    /**
     * Writes the value of {@code row}, which is not null.
     *
     * @throws ValueException if it cannot be written; a part of it may have been
     */
    void write(int row, ByteOutput out);

    /** A writer of the values of {@code column}. */
    static TextWriter of(Column column) {
        return TextWriters.of(column);
    }
}
