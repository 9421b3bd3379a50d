package dev.penstock.connector.postgres;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Moves the rows of durable epochs to their table: an epoch in one transaction, which also writes the mark that says
 * so.
 *
 * <p>A connection that fails is thrown away, and what it did is not known; the next attempt waits for the lock that it
 * held and then looks at the mark.
 */
final class PostgresCommitter implements SinkCommitter {
    private static final int CLAIM_ATTEMPTS = 10;
    private static final String LOCKED = "55P03";

    private final Connections connections;
    private final StagingTables staging;
    private final CommitLog log;
    private final long generation;
    private @Nullable Connection connection;

    /** Connections must have a name that all committers of this sink share, and nobody else. */
    PostgresCommitter(Connections connections, StagingTables staging, CommitLog log, long generation) {
        this.connections = connections;
        this.staging = staging;
        this.log = log;
        this.generation = generation;
    }

    private Connection connection() throws SQLException {
        Connection now = connection;
        if (now == null) {
            now = connections.open();
            connection = now;
            now.setAutoCommit(false);
        }
        return now;
    }

    /** Something in a transaction. */
    private interface Step<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T transaction(String what, Step<T> step) {
        boolean done = false;
        try {
            Connection now = connection();
            T result = Errand.run(what, () -> inTransaction(now, step), () -> Connections.abort(now));
            done = true;
            return result;
        } catch (SQLException e) {
            throw Failures.during(what, e);
        } finally {
            if (!done) {
                abandon();
            }
        }
    }

    private static <T> T inTransaction(Connection now, Step<T> step) throws SQLException {
        T result = step.run(now);
        now.commit();
        return result;
    }

    @Override
    public void claim() {
        for (int attempt = 1; ; attempt++) {
            try {
                transaction("Cannot claim the commits of '" + staging.sinkId() + "'", this::claim);
                return;
            } catch (ConnectorException e) {
                boolean isLocked = e.getCause() instanceof SQLException cause
                        && Failures.state(cause).equals(LOCKED);
                if (!isLocked || attempt == CLAIM_ATTEMPTS) {
                    throw e;
                }
                transaction("Cannot end an older committer of '" + staging.sinkId() + "'", this::endOthers);
            }
        }
    }

    private Long claim(Connection now) throws SQLException {
        log.requireNewest(now, generation);
        try (Statement statement = now.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '500ms'");
        }
        log.lock(now, generation);
        log.claim(now, generation);
        return generation;
    }

    /** An older incarnation that stands still in the middle of a commit holds the lock as long as it stands. */
    private Long endOthers(Connection now) throws SQLException {
        log.requireNewest(now, generation);
        try (PreparedStatement statement = now.prepareStatement("""
                SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
                WHERE application_name = ? AND pid <> pg_catalog.pg_backend_pid()
                  AND datname = current_database() AND usename = current_user""")) {
            statement.setString(1, connections.applicationName());
            statement.execute();
        }
        return generation;
    }

    @Override
    public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
        Map<EpochId, List<Prepared>> epochs = new LinkedHashMap<>();
        handles.forEach(handle ->
                epochs.computeIfAbsent(handle.epoch(), id -> new ArrayList<>()).add(handle));
        Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
        epochs.forEach((id, own) -> {
            if (outcomes.containsValue(Outcome.LOST)) {
                own.forEach(handle -> outcomes.put(handle, Outcome.RETRY));
            } else {
                outcomes.putAll(transaction("Cannot commit epoch " + id, now -> commitEpoch(now, id, own)));
            }
        });
        return outcomes;
    }

    private Map<Prepared, Outcome> commitEpoch(Connection now, EpochId epoch, List<Prepared> handles)
            throws SQLException {
        log.lock(now, generation);
        CommitLog.Mark mark = log.mark(now, epoch.runId());
        Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
        Map<Prepared, StagingHandle> waiting = new LinkedHashMap<>();
        for (Prepared handle : handles) {
            if (mark.has(epoch.epoch(), handle.writer())) {
                outcomes.put(handle, Outcome.ALREADY_COMMITTED);
            } else {
                StagingHandle decoded = StagingHandle.decode(handle.handle());
                if (isThere(now, decoded)) {
                    waiting.put(handle, decoded);
                } else {
                    outcomes.put(handle, Outcome.LOST);
                }
            }
        }
        boolean isWhole = !outcomes.containsValue(Outcome.LOST);
        if (isWhole && !waiting.isEmpty()) {
            move(now, epoch, mark, waiting);
        }
        waiting.keySet().forEach(handle -> outcomes.put(handle, isWhole ? Outcome.COMMITTED : Outcome.RETRY));
        return outcomes;
    }

    private boolean isThere(Connection now, StagingHandle handle) throws SQLException {
        for (StagingHandle.Part part : handle.parts()) {
            if (staging.columns(now, part.table()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void move(Connection now, EpochId epoch, CommitLog.Mark mark, Map<Prepared, StagingHandle> waiting)
            throws SQLException {
        Merge merge = new Merge(now);
        Set<Integer> writers = new TreeSet<>();
        for (Map.Entry<Prepared, StagingHandle> entry : waiting.entrySet()) {
            merge.move(entry.getValue(), staging);
            writers.add(entry.getKey().writer());
        }
        log.write(now, epoch, mark, writers);
    }

    /** Drops the tables of prepared epochs. */
    @Override
    public void abort(List<Prepared> handles) {
        transaction("Cannot abort epochs of '" + staging.sinkId() + "'", now -> {
            log.lock(now, generation);
            for (Prepared handle : handles) {
                for (StagingHandle.Part part :
                        StagingHandle.decode(handle.handle()).parts()) {
                    staging.drop(now, part.table());
                }
            }
            return handles.size();
        });
    }

    /** What the connection is in the middle of is not known. */
    private void abandon() {
        Connection now = connection;
        connection = null;
        if (now != null) {
            Connections.abort(now);
        }
    }

    @Override
    public void close() {
        Connection now = connection;
        connection = null;
        Connections.closeQuietly(now);
    }
}
