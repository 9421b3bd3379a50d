package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import dev.penstock.spi.data.Operation;

/** Takes the changes of one table, as it looks now, into a batch. Not thread safe. */
interface ChangeRows {
    /** The table. */
    ChangedTable table();

    /** Where the rows go, maybe beside those of other tables. */
    ChangeBatch batch();

    /** Whether the batch may take a change of {@code messageBytes} more. */
    boolean hasRoom(Limit limit, int messageBytes);

    /**
     * Adds a row.
     *
     * @param row as it is, or of a delete what is known of it
     * @param old what is known of the row before; without columns if that is nothing
     * @throws ValueException if the row has a value that cannot be had; nothing of it is kept
     */
    void add(Operation operation, ReplicationTuple row, ReplicationTuple old, ChangeTransaction transaction);

    /** Adds what no row can be made of. */
    void addBad(ReplicationMessage message, ChangeTransaction transaction, String cause);
}
