package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.QueryBuffer.Item;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A thread with a connection that reads a partition of a query into a {@link QueryBuffer}. */
final class QueryReader implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final String partition;
    private final QuerySettings settings;
    private final QuerySessions sessions;
    private final QueryBuffer buffer;
    private final QueryState state;
    private final boolean follows;
    private final Thread thread;
    private QueryEdge at;
    private volatile @Nullable Connection connection;
    private volatile boolean closed;

    /** Reads from {@code state} on; begins with {@link #start}. */
    QueryReader(String partition, QuerySettings settings, QuerySessions sessions, QueryState state) {
        this.partition = partition;
        this.settings = settings;
        this.sessions = sessions;
        this.state = state;
        this.at = state.at();
        this.follows = settings.reading().follow() && state.plan().isLast(state.index());
        this.buffer = new QueryBuffer(settings.reading().prefetchBytes());
        this.thread = new Thread(this::run, "penstock-query-" + partition);
        thread.setDaemon(true);
    }

    QueryBuffer buffer() {
        return buffer;
    }

    /** Whether it finds its end itself, behind the one it may have been given: once, or again and again. */
    boolean readsOn() {
        return follows || state.plan().end(state.index()).isEmpty();
    }

    QueryReader start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            Connection open = sessions.open();
            connection = open;
            try {
                if (!closed) {
                    read(open);
                }
            } catch (SQLException e) {
                throw failure(open, e);
            } finally {
                sessions.close(open);
            }
        } catch (InterruptedException e) {
            fail(new FatalException("Cannot read " + settings.what().shown() + ": the thread was interrupted", e));
        } catch (ConnectorException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(new FatalException("Cannot read " + settings.what().shown() + ": " + e, e));
        }
    }

    private void fail(ConnectorException failure) {
        if (!closed) {
            buffer.fail(failure);
        }
    }

    private ConnectorException failure(Connection open, SQLException cause) {
        String what = "Cannot read " + settings.what().shown();
        if (QueryCatalog.isOfColumns(cause) && settings.what().query().isEmpty()) {
            return new RetryableException(what + ": its columns have changed; it is read on with its new ones", cause);
        }
        if (Failures.state(cause).equals(SnapshotReaders.NO_SUCH_TABLE)) {
            ConfigException gone = new ConfigException(
                    settings.what().query().isPresent() ? QueryKeys.QUERY.name() : QueryKeys.TABLE.name(),
                    Problem.Code.NOT_FOUND,
                    what + ": " + Failures.message(cause),
                    "correct its name, or create it");
            gone.initCause(cause);
            return gone;
        }
        return sessions.failure(what, open, cause);
    }

    private void read(Connection open) throws SQLException, InterruptedException {
        Optional<QueryEdge> until = state.until();
        if (until.isPresent() && !state.isDone()) {
            if (!state.settled()) {
                settling().await(open, statements(open), until.get());
                buffer.put(new Item.Settled(until.get()));
            }
            readUntil(open, until.get(), true);
            buffer.put(new Item.Done());
        }
        if (readsOn()) {
            readOn(open);
        }
        buffer.put(new Item.Finished());
    }

    /** Looks for rows that are new, again and again if it follows. */
    private void readOn(Connection open) throws SQLException, InterruptedException {
        // A run that ends has what there is now; it waits for as long as it takes.
        Duration delay = follows ? settings.policies().delay() : Duration.ZERO;
        do {
            QueryStatements statements = statements(open);
            Optional<QueryEdge> end = new QueryHorizon(settings).find(open, statements, at, delay);
            if (end.isPresent()) {
                settling().await(open, statements, end.get());
                if (readUntil(open, end.get(), false)) {
                    at = end.get();
                    buffer.put(new Item.Done());
                }
            }
            if (follows) {
                buffer.pause(settings.reading().interval());
            }
        } while (follows);
    }

    private QuerySettling settling() {
        return new QuerySettling(partition, settings, sessions, buffer);
    }

    private QueryStatements statements(Connection open) throws SQLException {
        QueryShape shape = new QueryCatalog(open, settings).describe();
        QuerySettling.requireSame(partition, settings, state, shape);
        return new QueryStatements(settings, shape);
    }

    /** Reads all rows before {@code until}, statement by statement; gives whether there were any. */
    private boolean readUntil(Connection open, QueryEdge until, boolean said)
            throws SQLException, InterruptedException {
        long limit = settings.reading().statementRows() + 1L; // with the one that was given last
        Announcement announcement = new Announcement(until, said);
        boolean hasMore = true;
        while (hasMore) {
            open.setAutoCommit(false);
            QueryStatements statements = statements(open);
            QueryCopy copy = new QueryCopy(partition, statements.shape(), at, announcement);
            hasMore = copy.read(open, statements.copy(at, until, limit)) == limit;
            open.commit();
            open.setAutoCommit(true);
            at = copy.reached();
        }
        return announcement.said;
    }

    /** Says before the first rows of a round up to where they go. */
    private final class Announcement implements QueryCopy.Taker {
        private final QueryEdge until;
        private boolean said;

        Announcement(QueryEdge until, boolean said) {
            this.until = until;
            this.said = said;
        }

        @Override
        public void take(QueryPart part) throws InterruptedException {
            if (!said) {
                said = true;
                buffer.put(new Item.Settled(until));
            }
            buffer.put(new Item.Part(part));
        }
    }

    /** Ends the thread and the connection. */
    @Override
    public void close() {
        closed = true;
        buffer.close();
        thread.interrupt();
        Connection open = connection;
        if (open != null) {
            sessions.abort(open);
        }
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
