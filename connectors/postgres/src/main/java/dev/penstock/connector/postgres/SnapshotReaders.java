package dev.penstock.connector.postgres;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.stream.Stream;

/**
 * Threads with a connection each that read parts of a table, side by side. Each part is read in a transaction that ends
 * with a mark in the log: what was committed before it comes along the stream before the mark does.
 */
final class SnapshotReaders implements AutoCloseable {
    /** Until it is known how large rows are. */
    private static final int FIRST_ROWS = 1024;

    private static final String NO_SUCH_COLUMN = "42703";

    /** Parts of large rows have fewer of them, so that what is read ahead stays small. */
    private static final long TARGET_BYTES = 4L << 20;

    /** What the marks of one reader of changes are told by. */
    record Mark(String prefix, String run) {
        String content(SnapshotPart part) {
            return run + " " + part.number();
        }
    }

    /** What all of them share. */
    record Job(String partition, SnapshotQuery query, int chunkRows, Mark mark) {}

    private final Job job;
    private final Connections connections;
    private final ReplicationBuffer buffer;
    private final BlockingDeque<SnapshotPart> wanted = new LinkedBlockingDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Connection> open = new ArrayList<>();
    private final Object scouting = new Object();
    private List<String> reached;
    private boolean exhausted;
    private volatile int rows;
    private volatile boolean closed;

    /**
     * Readers of what is behind the key {@code after}.
     *
     * @param buffer is told when a part was read, or why not
     */
    SnapshotReaders(Job job, Connections connections, ReplicationBuffer buffer, List<String> after) {
        this.job = job;
        this.connections = connections;
        this.buffer = buffer;
        this.reached = after;
        this.rows = Math.min(FIRST_ROWS, job.chunkRows());
    }

    /** Begins to read, {@code count} parts at a time. */
    void start(int count) {
        for (int index = 0; index < count; index++) {
            Thread thread = new Thread(this::run, "penstock-snapshot-" + job.partition() + "-" + index);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Has {@code part} read; parts go along the table in the order in which they are asked for. */
    void read(SnapshotPart part) {
        if (part.range() == null) {
            wanted.addLast(part);
        } else {
            wanted.addFirst(part);
        }
    }

    private void run() {
        try {
            Connection connection = connect();
            while (!closed) {
                SnapshotPart part;
                synchronized (scouting) {
                    part = wanted.takeFirst();
                    scout(connection, part);
                }
                SnapshotRange range = part.range();
                if (range != null) {
                    part.read(read(connection, part, range));
                    buffer.poke();
                }
            }
        } catch (InterruptedException e) {
            fail(new FatalException("Cannot read a snapshot: its thread was interrupted", e));
        } catch (SQLException e) {
            fail(failure(e));
        } catch (ConnectorException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(new FatalException("Cannot read a snapshot: " + e, e));
        }
    }

    private ConnectorException failure(SQLException cause) {
        String what = "Cannot read table '" + job.query().table().name() + "'";
        return Failures.state(cause).equals(NO_SUCH_COLUMN)
                ? new RetryableException(what + ": its columns have changed; it is read again with its new ones", cause)
                : Failures.during(what, cause);
    }

    private void fail(ConnectorException failure) {
        if (!closed) {
            buffer.fail(failure);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = connections.open();
        synchronized (open) {
            open.add(connection);
            if (closed) {
                connection.abort(Runnable::run);
            }
        }
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    /** Finds out where {@code part} ends; it stays without a range if all of the table was asked for before. */
    private void scout(Connection connection, SnapshotPart part) throws SQLException {
        if (part.range() == null && !exhausted) {
            SnapshotRange range = new SnapshotRange(reached, bound(connection));
            reached = range.last();
            exhausted = reached.isEmpty();
            part.range(range);
        }
    }

    private List<String> bound(Connection connection) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(job.query().bound(reached, rows))) {
            int count = row.getMetaData().getColumnCount();
            if (row.next()) {
                for (int column = 1; column <= count; column++) {
                    texts.add(row.getString(column));
                }
            }
        }
        connection.commit();
        return texts;
    }

    private SnapshotChunk read(Connection connection, SnapshotPart part, SnapshotRange range) throws SQLException {
        int[] running = running(connection);
        SnapshotCopy copy = new SnapshotCopy(job.partition(), job.query(), rows);
        copy.read(connection, job.query().copy(range.after(), range.last()));
        mark(connection, part);
        connection.commit();
        SnapshotChunk chunk = copy.build(range, running);
        int read = chunk.rows().rowCount();
        if (read > 0) {
            long fitting = TARGET_BYTES * read / Math.max(1, chunk.rows().sizeInBytes());
            rows = (int) Math.max(1, Math.min(fitting, job.chunkRows()));
        }
        return chunk;
    }

    /** Takes the snapshot of the transaction, and says which transactions are under way in it. */
    private static int[] running(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_current_snapshot()::text")) {
            row.next();
            String[] parts = row.getString(1).split(":", -1);
            return Stream.of(parts[2].split(","))
                    .filter(id -> !id.isEmpty())
                    .mapToInt(id -> (int) Long.parseLong(id))
                    .toArray();
        }
    }

    private void mark(Connection connection, SnapshotPart part) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.pg_logical_emit_message(true, ?, ?)")) {
            statement.setString(1, job.mark().prefix());
            statement.setString(2, job.mark().content(part));
            statement.executeQuery().close();
        }
    }

    /** Ends the threads and their connections. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        synchronized (open) {
            for (Connection connection : open) {
                try {
                    connection.abort(Runnable::run);
                } catch (SQLException e) {
                    // It is gone either way.
                }
            }
        }
    }
}
