package dev.penstock.connector.postgres;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.data.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A part of a table as it was at one moment, in the order of the key.
 *
 * @param rows the rows that could be read
 * @param keys of the rows, in the form in which the stream has them
 * @param texts of the keys, where they cannot be told from these
 * @param bad what could not be read
 * @param after the key that the part ends with, as text; empty at the end of the table
 * @param running the transactions that were under way when it was read, by the low half of their numbers
 */
record SnapshotChunk(RecordBatch rows, Keys keys, Keys texts, List<Bad> bad, List<String> after, int[] running) {
    SnapshotChunk {
        bad = List.copyOf(bad);
        after = List.copyOf(after);
    }

    /**
     * What could not be read.
     *
     * @param before the number of rows that were read before it
     */
    record Bad(int before, BadRow row) {}

    /** Whether it is the last part of the table. */
    boolean isLast() {
        return after.isEmpty();
    }

    /** Keys of rows, one behind the other. */
    static final class Keys {
        private byte[] bytes = new byte[1024];
        private int[] ends = new int[64];
        private int count;
        private int end;

        /** Adds bytes to the key of the row that is being added. */
        void add(byte[] source, int from, int length) {
            if (end + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end + length, 2 * bytes.length));
            }
            System.arraycopy(source, from, bytes, end, length);
            end += length;
        }

        /** Ends the key of a row. */
        void endKey() {
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = end;
        }

        /** The key of {@code row}, to look it up by. */
        ByteBuffer key(int row) {
            int from = row == 0 ? 0 : ends[row - 1];
            return ByteBuffer.wrap(bytes, from, ends[row] - from);
        }
    }
}
