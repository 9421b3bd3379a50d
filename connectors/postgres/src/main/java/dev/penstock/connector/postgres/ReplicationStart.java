package dev.penstock.connector.postgres;

import dev.penstock.spi.RetryableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * Starts replication streams.
 *
 * @param slot to read from
 * @param publication says what is read
 */
record ReplicationStart(Connections connections, String slot, String publication, long prefetchBytes) {
    private static final String IN_USE = "55006";
    /** As long as a server may need to see that the process before is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long RETRY_NANOS = 20_000_000;
    /** The driver's own; longer than any pause within a message should be. */
    private static final int STATUS_SECONDS = 60;

    /**
     * A reader of what was committed at {@code from} or later.
     *
     * @param binary whether values are wanted in their binary form
     */
    ReplicationReader start(long from, boolean binary) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Connection connection = connections.openReplication();
            try {
                PGReplicationStream stream = stream(connection, from, binary);
                ReplicationBuffer buffer = new ReplicationBuffer(prefetchBytes);
                return new ReplicationReader(connection, stream, buffer, "penstock-replication-" + slot);
            } catch (SQLException e) {
                Connections.closeQuietly(connection);
                boolean inUse = Failures.state(e).equals(IN_USE);
                if (!inUse
                        || System.nanoTime() > deadline
                        || Thread.currentThread().isInterrupted()) {
                    throw inUse ? inUse(e) : Failures.during("Cannot read from slot '" + slot + "'", e);
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private RetryableException inUse(SQLException cause) {
        return new RetryableException(
                "Cannot read from slot '" + slot + "': " + Failures.message(cause)
                        + "; a slot serves one pipeline: give each its own, or stop the other process",
                cause);
    }

    private PGReplicationStream stream(Connection connection, long from, boolean binary) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withStartPosition(LogSequenceNumber.valueOf(from))
                .withStatusInterval(STATUS_SECONDS, TimeUnit.SECONDS)
                // What is durable is for the engine to say, whatever the server has sent since.
                .withAutomaticFlush(false)
                .withSlotOption("proto_version", 2)
                .withSlotOption("publication_names", Sql.name(publication))
                .withSlotOption("binary", binary)
                .withSlotOption("messages", true)
                .start();
    }
}
