package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Metadata;

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

    long value(Metadata column) {
        return switch (column) {
            case TRANSACTION -> id;
            case LSN -> lsn;
            case COMMIT_TIME -> time;
        };
    }
}
