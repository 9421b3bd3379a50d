package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Metadata;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.data.Bytes;
import java.util.Arrays;

/**
 * The transaction that changes belong to.
 *
 * @param id of the transaction
 * @param lsn where its commit is in the log
 * @param time when it was committed, in microseconds since 1970
 */
record ChangeTransaction(long id, long lsn, long time) {
    static final ChangeTransaction NONE = new ChangeTransaction(0, 0, 0);

    /** From the server's epoch, 2000-01-01, to that of 1970. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    /** The transaction that {@code message}, whose kind was read, begins. */
    static ChangeTransaction begin(ReplicationMessage message) {
        long lsn = message.int64();
        long time = message.int64() + EPOCH_MICROS;
        return new ChangeTransaction(Integer.toUnsignedLong(message.int32()), lsn, time);
    }

    /** The row of {@code partition} that {@code message} is, which cannot be had because of {@code cause}. */
    BadRow bad(String partition, ReplicationMessage message, String cause) {
        int kept = Math.min(message.length(), BadRow.MAX_BYTES);
        byte[] copy = Arrays.copyOfRange(message.bytes(), message.start(), message.start() + kept);
        return new BadRow(partition, "LSN " + ChangePosition.shown(lsn), Bytes.copyOf(copy), cause);
    }

    long value(Metadata column) {
        return switch (column) {
            case TRANSACTION -> id;
            case LSN -> lsn;
            case COMMIT_TIME -> time;
        };
    }
}
