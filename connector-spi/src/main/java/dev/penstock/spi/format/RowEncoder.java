package dev.penstock.spi.format;

import dev.penstock.spi.data.BytesColumnBuilder;

/** Writes one row after the other of the batch that it was made for. One thread at a time. */
@FunctionalInterface
public interface RowEncoder {
    /**
     * Appends the record of {@code row} as one value of {@code records}.
     *
     * @throws BadRecordException if the row cannot be written; nothing may have been appended then
     */
    void encode(int row, BytesColumnBuilder records);
}
