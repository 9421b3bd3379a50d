package dev.penstock.connector.kafka;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.data.RecordBatch;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Records of one partition that were fetched together: rows, and behind them at most one record that cannot be a row.
 *
 * @param offsets of the rows, and of what is behind them
 * @param bad what is behind the rows
 * @param leaderEpoch of all its records, if the broker has said it
 * @param next where the records after it begin, which may be behind some that are not for readers
 */
record Chunk(
        RecordBatch rows, long[] offsets, Optional<BadRow> bad, Optional<Integer> leaderEpoch, OffsetAndMetadata next) {

    /** How many records it has, a bad one too. */
    int size() {
        return offsets.length;
    }

    /** The memory that it takes. */
    long bytes() {
        return rows.sizeInBytes() + (long) Long.BYTES * offsets.length;
    }

    /** How many of its records are before the offset {@code stop}. */
    int sizeBefore(long stop) {
        int found = Arrays.binarySearch(offsets, stop);
        return found < 0 ? -found - 1 : found;
    }

    /** Where a part ends that begins at record {@code from}: before record {@code limit}, and within the bounds. */
    int end(int from, int limit, int maxRows, long maxBytes) {
        int to = (int) Math.min(limit, (long) from + maxRows);
        while (to - from > 1 && rows(from, to).sizeInBytes() > maxBytes) {
            to -= (to - from) / 2;
        }
        return to;
    }

    /** The rows among the records {@code from} to {@code to - 1}. */
    RecordBatch rows(int from, int to) {
        return rows.slice(Math.min(from, rows.rowCount()), Math.min(to, rows.rowCount()));
    }

    /** Whether the record before record {@code to} is the bad one. */
    boolean endsBad(int to) {
        return to > rows.rowCount();
    }
}
