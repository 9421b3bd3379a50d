package dev.penstock.dataflow.format;

import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;

/** Reads values of one type from text, as csv fields and JSON strings hold them, and appends them to a column. */
public interface TextReader {
    /**
     * Appends the value that bytes {@code from} to {@code to - 1} say.
     *
     * @throws ValueException if they say none; nothing is appended then
     */
    void append(byte[] text, int from, int to);

    /** A reader of values of {@code type} into {@code into}, which must be a builder of that type. */
    static TextReader of(DataType type, ColumnBuilder into) {
        return TextReaders.of(type, into);
    }
}
