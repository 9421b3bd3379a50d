package dev.penstock.spi;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param accepted the number of rows that were taken
 * @param rejected the rows that were not
 */
public record WriteResult(int accepted, List<RejectedRow> rejected) {
    public WriteResult {
        rejected = List.copyOf(rejected);
    }

    /** All {@code rows} were taken. */
    public static WriteResult accepted(int rows) {
        return new WriteResult(rows, List.of());
    }
}
