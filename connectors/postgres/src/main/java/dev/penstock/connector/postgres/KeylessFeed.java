package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import dev.penstock.connector.postgres.SnapshotChunk.Bad;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.data.RecordBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table without key as they were at one moment, read by ranges of pages in one transaction, on a thread
 * of its own. Nobody could tell later which of them were given, so that who is interrupted begins anew. But for the
 * thread it belongs to the reader of changes, who waits until all rows were given.
 */
final class KeylessFeed implements AutoCloseable {
    private static final int AHEAD = 2;
    private static final Limit ALL = new Limit(Integer.MAX_VALUE, Long.MAX_VALUE);

    private final ChangedTable table;
    private final Connection connection;
    private final KeylessSnapshot snapshot;
    private final ReplicationBuffer buffer;
    private final UnaryOperator<RecordBatch> shape;
    private final BlockingQueue<SnapshotChunk> chunks = new LinkedBlockingQueue<>(AHEAD);
    private final Thread thread;
    private @Nullable SnapshotRows giving;
    private boolean finished;
    private volatile boolean closed;

    /**
     * Begins to read {@code table} as it is now.
     *
     * @param buffer is told when there is something to give, or why not
     * @param shape makes rows of the table what is given
     */
    KeylessFeed(
            ChangedTable table, Connections connections, ReplicationBuffer buffer, UnaryOperator<RecordBatch> shape) {
        this.table = table;
        this.buffer = buffer;
        this.shape = shape;
        this.connection = connections.open();
        try {
            this.snapshot = KeylessSnapshot.begin(connection);
        } catch (SQLException e) {
            Connections.closeQuietly(connection);
            throw failure(e);
        }
        this.thread = new Thread(this::run, "penstock-snapshot-" + table.name());
        thread.setDaemon(true);
        thread.start();
    }

    private ConnectorException failure(SQLException cause) {
        return SnapshotReaders.failure(table.name(), cause);
    }

    private void run() {
        try {
            SnapshotQuery query = new SnapshotQuery(table);
            long pages = KeylessSnapshot.pages(connection, table);
            long page = 0;
            do {
                long next = page + KeylessSnapshot.PART_PAGES;
                chunks.put(read(query, page, next >= pages ? -1 : next));
                buffer.poke();
                page = next;
            } while (page < pages);
        } catch (InterruptedException e) {
            fail(new FatalException("Cannot read a snapshot: its thread was interrupted", e));
        } catch (SQLException e) {
            fail(failure(e));
        } catch (ConnectorException e) {
            fail(e);
        } catch (RuntimeException | Error e) { // also one of memory: nobody else would say that no rows come any more
            fail(new FatalException("Cannot read a snapshot: " + e, e));
        } finally {
            Connections.closeQuietly(connection);
        }
    }

    private void fail(ConnectorException failure) {
        if (!closed) {
            buffer.fail(failure);
        }
    }

    /** Reads the pages from {@code first} to before {@code end}, or to the last if that is negative. */
    private SnapshotChunk read(SnapshotQuery query, long first, long end) throws SQLException {
        SnapshotCopy copy = new SnapshotCopy(table.name().toString(), query, 0);
        copy.read(connection, query.copyPages(first, end), ALL);
        List<String> last = end < 0 ? List.of() : List.of(String.valueOf(end));
        return copy.build(new SnapshotRange(List.of(), last), new int[0]);
    }

    boolean isReady() {
        if (giving == null && !finished) {
            SnapshotChunk next = chunks.poll();
            giving = next == null ? null : SnapshotRows.of(next, new SnapshotWindow(table), shape);
        }
        return giving != null;
    }

    boolean isFinished() {
        return finished;
    }

    /** The next rows, which must be {@linkplain #isReady ready}. */
    SnapshotFeed.Given next(Limit limit) {
        SnapshotRows rows = giving;
        if (rows == null) {
            throw new IllegalStateException("Cannot give rows of a snapshot: none are ready");
        }
        RecordBatch batch = rows.next(limit);
        if (!rows.hasMore()) {
            finished = rows.chunk().isLast();
            giving = null;
        }
        SnapshotProgress.Table progress =
                new SnapshotProgress.Table(table.relation().id(), table.name(), finished, snapshot.texts());
        return new SnapshotFeed.Given(
                batch, rows.bad().stream().map(Bad::row).toList(), progress, Optional.of(snapshot));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Connections.abort(connection);
    }
}
