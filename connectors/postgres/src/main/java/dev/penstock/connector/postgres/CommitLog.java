package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.config.Problem;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is committed, and by whom: tables beside those in which rows wait, written in the transactions that move rows.
 *
 * <p>{@code sinks} has a row for each sink with the generation that may commit; whoever commits holds that row's lock
 * from before it looks at the marks until it is done. {@code commits} has, for each of the last runs of a sink, the
 * newest epoch that is committed and the writers whose rows are.
 */
final class CommitLog {
    private static final int RUNS_KEPT = 64;

    private final String schema;
    private final String sinkId;
    private final String sinks;
    private final String commits;

    CommitLog(String schema, String sinkId) {
        this.schema = schema;
        this.sinkId = sinkId;
        this.sinks = new TableName(schema, "sinks").sql();
        this.commits = new TableName(schema, "commits").sql();
    }

    /** The newest epoch of a run that is committed, 0 if none is, and the writers whose rows of it are. */
    record Mark(long epoch, Set<Integer> writers) {
        boolean has(long asked, int writer) {
            return asked < epoch || (asked == epoch && writers.contains(writer));
        }
    }

    /** Makes the tables if they are not there. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Two pipelines may start at once, and IF NOT EXISTS does not look at what is not committed.
            statement.execute("SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext(" + Sql.text(schema) + "))");
            if (!exists(connection, "pg_catalog.to_regnamespace(" + Sql.text(Sql.name(schema)) + ")")) {
                statement.execute("CREATE SCHEMA " + Sql.name(schema));
            }
            if (!exists(connection)) {
                statement.execute("CREATE TABLE " + sinks
                        + " (sink text PRIMARY KEY, generation bigint NOT NULL, made_table boolean NOT NULL)");
                statement.execute("CREATE TABLE " + commits + " (sink text, run text, epoch bigint NOT NULL,"
                        + " writers int[] NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (sink, run))");
            }
        }
    }

    /** Whether the tables are there. */
    boolean exists(Connection connection) throws SQLException {
        return exists(connection, "pg_catalog.to_regclass(" + Sql.text(commits) + ")");
    }

    private static boolean exists(Connection connection, String lookup) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + lookup + " IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Adds the sink if it is not there; remembers if its table was made now. */
    void register(Connection connection, boolean madeTable) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + sinks
                + " AS s VALUES (?, 0, ?) ON CONFLICT (sink) DO UPDATE SET made_table = s.made_table OR"
                + " excluded.made_table")) {
            statement.setString(1, sinkId);
            statement.setBoolean(2, madeTable);
            statement.executeUpdate();
        }
    }

    /**
     * Removes the sink, and the tables if it was the last.
     *
     * @return whether its table was made for it
     */
    boolean remove(Connection connection) throws SQLException {
        boolean madeTable = false;
        try (PreparedStatement own =
                        connection.prepareStatement("DELETE FROM " + sinks + " WHERE sink = ? RETURNING made_table");
                PreparedStatement marks = connection.prepareStatement("DELETE FROM " + commits + " WHERE sink = ?");
                Statement statement = connection.createStatement()) {
            own.setString(1, sinkId);
            try (ResultSet row = own.executeQuery()) {
                madeTable = row.next() && row.getBoolean(1);
            }
            marks.setString(1, sinkId);
            marks.executeUpdate();
            if (!exists(connection, "(SELECT sink FROM " + sinks + " LIMIT 1)")) {
                statement.execute("DROP TABLE " + sinks + ", " + commits);
            }
        }
        return madeTable;
    }

    /**
     * The generation that may commit.
     *
     * @throws ConfigException if the sink was never provisioned
     */
    long generation(Connection connection) throws SQLException {
        return generation(connection, "");
    }

    private long generation(Connection connection, String lock) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT generation FROM " + sinks + " WHERE sink = ?" + lock)) {
            statement.setString(1, sinkId);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new ConfigException(
                            SinkSettings.STAGING_SCHEMA.name(),
                            Problem.Code.NOT_FOUND,
                            "schema '" + schema + "' does not know of sink '" + sinkId + "'",
                            "let the pipeline provision its sink, which it does when it starts");
                }
                return row.getLong(1);
            }
        }
    }

    /** Throws unless {@code generation} is still the newest. */
    void requireNewest(Connection connection, long generation) throws SQLException {
        require(generation, generation(connection));
    }

    /** The same, and keeps everybody else from committing and claiming until the transaction ends. */
    void lock(Connection connection, long generation) throws SQLException {
        require(generation, generation(connection, " FOR UPDATE"));
    }

    private void require(long generation, long newest) {
        if (newest > generation) {
            throw new FencedException("Cannot write to '" + sinkId + "' as generation " + generation + ": generation "
                    + newest + " of the pipeline has taken over; stop this process or, if the state of the pipeline was"
                    + " deleted on purpose, delete the row of the sink in " + sinks + " too");
        }
    }

    /** Makes {@code generation} the newest; call {@link #lock} before. */
    void claim(Connection connection, long generation) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE " + sinks + " SET generation = ? WHERE sink = ?")) {
            statement.setLong(1, generation);
            statement.setString(2, sinkId);
            statement.executeUpdate();
        }
    }

    /** What is committed of {@code run}. */
    Mark mark(Connection connection, String run) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT epoch, writers FROM " + commits + " WHERE sink = ? AND run = ?")) {
            statement.setString(1, sinkId);
            statement.setString(2, run);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Mark(row.getLong(1), writers(row.getArray(2))) : new Mark(0, Set.of());
            }
        }
    }

    private static Set<Integer> writers(Array array) throws SQLException {
        return new TreeSet<>(List.of((Integer[]) array.getArray()));
    }

    /** Notes that rows of {@code writers} in {@code epoch} are committed, beside those of {@code before}. */
    void write(Connection connection, EpochId epoch, Mark before, Set<Integer> writers) throws SQLException {
        List<Integer> all = new ArrayList<>(writers);
        if (before.epoch() == epoch.epoch()) {
            all.addAll(before.writers());
        }
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + commits
                        + " VALUES (?, ?, ?, ?, now()) ON CONFLICT (sink, run) DO UPDATE SET epoch = excluded.epoch,"
                        + " writers = excluded.writers, at = excluded.at");
                PreparedStatement older = connection.prepareStatement("DELETE FROM " + commits
                        + " WHERE sink = ? AND run IN (SELECT run FROM " + commits
                        + " WHERE sink = ? ORDER BY at DESC OFFSET " + RUNS_KEPT + ")")) {
            statement.setString(1, sinkId);
            statement.setString(2, epoch.runId());
            statement.setLong(3, epoch.epoch());
            statement.setArray(4, connection.createArrayOf("int4", all.toArray()));
            statement.executeUpdate();
            older.setString(1, sinkId);
            older.setString(2, sinkId);
            older.executeUpdate();
        }
    }
}
