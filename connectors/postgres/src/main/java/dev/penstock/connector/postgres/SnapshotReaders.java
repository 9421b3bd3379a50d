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
import java.util.UUID;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.stream.Stream;

/**
 * Threads with a connection each that read parts of tables, side by side. Each part is read in a transaction that ends
 * with a mark in the log: what was committed before it comes along the stream before the mark does.
 */
final class SnapshotReaders implements AutoCloseable {
    private static final String NO_SUCH_COLUMN = "42703";
    private static final String MARKS = "penstock ";
    private static final int AHEAD = 2;
    static final String NO_SUCH_TABLE = "42P01";

    /** What the marks of one reader of changes are told by. */
    record Mark(String prefix, String run) {
        String content(SnapshotPart part) {
            return run + " "
                    + Integer.toUnsignedString(part.scan().table().relation().id()) + " " + part.number();
        }
    }

    private final String partition;
    private final Mark mark;
    private final int count;
    private final Connections connections;
    private final ReplicationBuffer buffer;
    private final BlockingDeque<SnapshotPart> wanted = new LinkedBlockingDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Connection> open = new ArrayList<>();
    private final Object scouting = new Object();
    private volatile boolean closed;

    /**
     * Readers of parts of any table, {@code count} at a time.
     *
     * @param buffer is told when a part was read, or why not
     */
    SnapshotReaders(String partition, int count, Connections connections, ReplicationBuffer buffer) {
        this.partition = partition;
        this.mark = new Mark(MARKS + partition, UUID.randomUUID().toString());
        this.count = count;
        this.connections = connections;
        this.buffer = buffer;
    }

    Mark mark() {
        return mark;
    }

    /** How many parts are to be asked for before they are needed. */
    int ahead() {
        return AHEAD * count;
    }

    /** Begins to read. */
    void start() {
        for (int index = 0; index < count; index++) {
            Thread thread = new Thread(this::run, "penstock-snapshot-" + partition + "-" + index);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Has {@code part} read; parts go along their table in the order in which they are asked for. */
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
                    cut(connection, part);
                }
                connection = read(connection, part);
            }
        } catch (InterruptedException e) {
            fail(new FatalException("Cannot read a snapshot: its thread was interrupted", e));
        } catch (SQLException e) {
            fail(Failures.during("Cannot read a snapshot", e));
        } catch (ConnectorException e) {
            fail(e);
        } catch (RuntimeException | Error e) { // also one of memory: nobody else would say that no part comes any more
            fail(new FatalException("Cannot read a snapshot: " + e, e));
        }
    }

    private static void cut(Connection connection, SnapshotPart part) {
        try {
            part.scan().cut(connection, part);
        } catch (SQLException e) {
            throw failure(part, e);
        }
    }

    /** Reads {@code part}; gives the connection to go on with. */
    private Connection read(Connection connection, SnapshotPart part) {
        SnapshotRange range = part.range();
        if (range == null) {
            return connection;
        }
        try {
            int[] running = running(connection);
            SnapshotCopy copy = copy(connection, part.scan(), range);
            Connection next = copy.isCut() ? instead(connection) : connection;
            mark(next, part);
            next.commit();
            SnapshotChunk chunk = copy.build(range, running);
            part.scan().learn(chunk);
            part.read(chunk);
            buffer.poke();
            return next;
        } catch (SQLException e) {
            throw failure(part, e);
        }
    }

    private SnapshotCopy copy(Connection connection, SnapshotScan scan, SnapshotRange range) throws SQLException {
        SnapshotCopy copy = new SnapshotCopy(partition, scan.query(), scan.rows());
        copy.read(connection, scan.query().copy(range.after(), range.last()), scan.limit());
        return copy;
    }

    /** A connection in the place of one on which the server still sends rows that nobody wants. */
    private Connection instead(Connection connection) throws SQLException {
        synchronized (open) {
            open.remove(connection);
        }
        Connections.abort(connection);
        return connect();
    }

    private static ConnectorException failure(SnapshotPart part, SQLException cause) {
        return failure(part.scan().table().name(), cause);
    }

    /** What becomes of reading {@code table}, which failed with {@code cause}. */
    static ConnectorException failure(TableName table, SQLException cause) {
        String what = "Cannot read table '" + table + "'";
        return switch (Failures.state(cause)) {
            case NO_SUCH_COLUMN ->
                new RetryableException(what + ": its columns have changed; it is read again with its new ones", cause);
            case NO_SUCH_TABLE -> new RetryableException(what + ": it is gone; the others are looked at again", cause);
            default -> Failures.during(what, cause);
        };
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
                Connections.abort(connection);
            }
        }
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
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
            statement.setString(1, mark.prefix());
            statement.setString(2, mark.content(part));
            statement.executeQuery().close();
        }
    }

    /** Ends the threads and their connections. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        synchronized (open) {
            open.forEach(Connections::abort);
        }
    }
}
