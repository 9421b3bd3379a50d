package dev.penstock.dataflow.format;

import java.util.Map;

/** Reads one record after the other into columns. */
interface RowDecoder {
    /** What holds for the records that follow, as {@link dev.penstock.spi.data.Origin#attributes} has it. */
    default void attributes(Map<String, String> attributes) {}

    /**
     * Reads the record in bytes {@code from} to {@code to - 1}; gives how many rows it became.
     *
     * @throws ValueException if it cannot be read; some columns may then have values that the caller truncates
     */
    int decode(byte[] data, int from, int to);
}
