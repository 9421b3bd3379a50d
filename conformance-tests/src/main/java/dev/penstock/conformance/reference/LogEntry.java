package dev.penstock.conformance.reference;

import dev.penstock.spi.data.Operation;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What stands at one place of a partition.
 *
 * @param position where
 * @param millis when it was appended, since 1970
 * @param key of the row; empty if there is no row in it
 * @param content a row, unless somebody appended something else
 */
record LogEntry(LogPosition position, long millis, String key, byte[] content) {
    private static final int HEADER = LogPosition.BYTES + Long.BYTES;

    /** Whether it says that the row of its key is gone. */
    boolean isDelete() {
        return !key.isEmpty() && RowCodec.operation(content) == Operation.DELETE;
    }

    /** How many bytes it takes on the wire, which is more than its row takes in a batch. */
    int size() {
        return HEADER + content.length;
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(HEADER + content.length)
                .put(position.toBytes())
                .putLong(millis)
                .put(content)
                .array();
    }

    /** An entry as a client gets it, without the key. */
    static LogEntry of(byte[] bytes) {
        long millis = ByteBuffer.wrap(bytes).getLong(LogPosition.BYTES);
        return new LogEntry(LogPosition.of(bytes), millis, "", Arrays.copyOfRange(bytes, HEADER, bytes.length));
    }
}
