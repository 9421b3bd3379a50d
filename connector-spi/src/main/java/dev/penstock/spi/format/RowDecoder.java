package dev.penstock.spi.format;

import dev.penstock.spi.data.Operation;

/**
 * Reads one record after the other into a {@link dev.penstock.spi.data.BatchBuilder} that it was made with. One thread
 * at a time.
 */
@FunctionalInterface
public interface RowDecoder {
    /**
     * Reads the record in bytes {@code from} to {@code to - 1}: for each row in it, appends one value to every column
     * and ends the row.
     *
     * @param operation of the row that the record came in; rows end with it unless the format knows better
     * @throws BadRecordException if the record cannot be read; what was appended of it is taken back by the caller
     */
    void decode(byte[] data, int from, int to, Operation operation);
}
