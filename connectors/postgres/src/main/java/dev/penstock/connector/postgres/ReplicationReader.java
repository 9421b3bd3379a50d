package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ReplicationBuffer.Chunk;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * Reads a replication stream ahead of need, on a thread of its own, and tells the server that somebody is there and
 * what is durable. Only that thread touches the connection.
 */
final class ReplicationReader implements AutoCloseable {
    /** Well below any timeout that servers have for silent clients. */
    private static final Duration REPORT = Duration.ofSeconds(5);

    /** After something has come. */
    private static final Duration PROMPT = Duration.ofMillis(10);

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int CHUNK_BYTES = 256 * 1024;
    private static final int CHUNK_MESSAGES = 4096;
    /** Added to the millisecond that the driver itself waits; as the stream gets quieter. */
    private static final long SHORTEST_PAUSE_NANOS = 500_000;

    private static final long LONGEST_PAUSE_NANOS = 4_000_000;

    private final Connection connection;
    private final PGReplicationStream stream;
    private final ReplicationBuffer buffer;
    private final Thread thread;
    private volatile long durable;
    private volatile boolean closed;
    private long reported;
    private long reportedAt = System.nanoTime();
    private long reached;
    private long reportedReached;

    /** A reader of {@code stream}, which {@code connection} carries; both are closed with it. */
    ReplicationReader(Connection connection, PGReplicationStream stream, ReplicationBuffer buffer, String name) {
        this.connection = connection;
        this.stream = stream;
        this.buffer = buffer;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    ReplicationBuffer buffer() {
        return buffer;
    }

    /** Everything before {@code lsn} is durable: the server may forget it. */
    void durable(long lsn) {
        durable = lsn;
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            Chunk filling = new Chunk();
            long pause = SHORTEST_PAUSE_NANOS;
            while (!closed) {
                ByteBuffer message = stream.readPending();
                if (message != null) {
                    filling.add(message);
                    pause = SHORTEST_PAUSE_NANOS;
                }
                if (message == null || filling.bytes() >= CHUNK_BYTES || filling.count() == CHUNK_MESSAGES) {
                    filling = handOver(filling, message == null);
                    report();
                }
                if (message == null) {
                    LockSupport.parkNanos(pause);
                    pause = Math.min(LONGEST_PAUSE_NANOS, pause + pause / 8);
                }
            }
        } catch (InterruptedException e) {
            buffer.fail(new FatalException("Cannot read the replication stream: its thread was interrupted", e));
        } catch (SQLException e) {
            buffer.fail(failure(e));
        } catch (RuntimeException e) {
            buffer.fail(new FatalException("Cannot read the replication stream: " + e, e));
        } finally {
            abort();
        }
    }

    private static ConnectorException failure(SQLException cause) {
        return Failures.during("Cannot read the replication stream", cause);
    }

    /** Gives {@code chunk} to the buffer, and another one to fill. */
    private Chunk handOver(Chunk chunk, boolean drained) throws SQLException, InterruptedException {
        long received = drained ? stream.getLastReceiveLSN().asLong() : reached;
        if (chunk.isEmpty() && received == reached) {
            return chunk;
        }
        reached = received;
        chunk.reached(received);
        while (!closed && !buffer.put(chunk, REPORT)) {
            reportNow();
        }
        return new Chunk();
    }

    /** Says what is durable, and what has come, as the server's subscribers do: its views and its shutdown go by it. */
    private void report() throws SQLException {
        long silent = System.nanoTime() - reportedAt;
        boolean hasCome = reached != reportedReached && silent > PROMPT.toNanos();
        if (hasCome || durable != reported || silent > REPORT.toNanos()) {
            reportNow();
        }
    }

    private void reportNow() throws SQLException {
        long lsn = durable;
        if (lsn != 0) {
            stream.setFlushedLSN(LogSequenceNumber.valueOf(lsn));
            stream.setAppliedLSN(LogSequenceNumber.valueOf(lsn));
        }
        stream.forceUpdateStatus();
        reported = lsn;
        reportedReached = reached;
        reportedAt = System.nanoTime();
    }

    /** Without a farewell: the server would first send the rest of the transaction that it is at. */
    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone either way.
        }
    }

    /** Ends the thread and the connection. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(GRACE.toMillis());
            if (thread.isAlive()) {
                abort();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
