package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.ResumeRefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;

/** A connection to a state file: transactions, statements prepared once, failures by type. Not thread safe. */
final class Database implements AutoCloseable {
    private static final int BUSY_MILLIS = 5_000;
    private static final int CACHE_KIB = 16 << 10;
    private static final int LOG_LIMIT_BYTES = 64 << 20;
    private static final int LONG_LOG_PAGES = 1_000;

    private final Failures failures;
    private final Connection connection;
    private final Statement plain;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** What is done with a connection. */
    interface Work<T> {
        T with(Database database) throws SQLException;
    }

    /** What is done for each row of a result. */
    interface RowWork {
        void accept(ResultSet row) throws SQLException;
    }

    private Database(Failures failures, Connection connection) throws SQLException {
        this.failures = failures;
        this.connection = connection;
        this.plain = connection.createStatement();
    }

    /** Opens the file to write to it; makes it and its tables if they are missing. */
    static Database openOrCreate(StateFiles files) {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(LOG_LIMIT_BYTES);
        Database database = connect(files, config);
        try {
            database.run("prepare", ignored -> {
                database.plain.execute("PRAGMA wal_autocheckpoint = 0");
                database.prepareTables(files);
                return true;
            });
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Opens a file that exists, to read it while another process may write. */
    static Database openToRead(StateFiles files) {
        SQLiteConfig config = config();
        Database database = connect(files, config);
        try {
            database.run("read", ignored -> {
                if (database.checkVersion(files) == Tables.ROW_FOR_EACH_KEY) {
                    database.plain.execute(RowsToBlocks.VIEW);
                }
                database.plain.execute("PRAGMA query_only = ON");
                return true;
            });
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Opens the database file alone, as it would be without its log; nobody may write to it meanwhile. */
    static Database openWithoutLog(StateFiles files) {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        String file = files.database().toUri().getRawPath();
        return connect(files, config, "file:" + file + "?immutable=1");
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        return config;
    }

    private static Database connect(StateFiles files, SQLiteConfig config) {
        return connect(files, config, files.database().toString());
    }

    private static Database connect(StateFiles files, SQLiteConfig config, String name) {
        Failures failures = new Failures(files);
        try {
            return new Database(failures, config.createConnection("jdbc:sqlite:" + name));
        } catch (SQLException e) {
            throw failures.of("open", e);
        }
    }

    private void prepareTables(StateFiles files) throws SQLException {
        if (checkVersion(files) == Tables.VERSION) {
            return;
        }
        inTransaction(ignored -> {
            long version = checkVersion(files);
            if (version == 0) {
                createTables();
            } else if (version == Tables.ROW_FOR_EACH_KEY) {
                new RowsToBlocks(this).run();
            }
            plain.execute("PRAGMA user_version = " + Tables.VERSION);
            return true;
        });
    }

    private void createTables() throws SQLException {
        for (String table : Tables.CREATE) {
            plain.execute(table);
        }
        for (String table : Tables.KEYED) {
            plain.execute(table);
        }
        plain.execute("PRAGMA application_id = " + Tables.APPLICATION_ID);
    }

    /** The version of the tables, which this release can use, or 0 if there are none. */
    private long checkVersion(StateFiles files) throws SQLException {
        long version = number("PRAGMA user_version");
        long application = number("PRAGMA application_id");
        boolean empty = number("SELECT count(*) FROM sqlite_master") == 0;
        if (empty && version == 0) {
            return 0;
        }
        if (application != Tables.APPLICATION_ID) {
            throw new ResumeRefusedException(
                    ResumeRefusedException.Reason.OTHER_PIPELINE,
                    "Cannot open state file '" + files.database()
                            + "': it is a database of another program; move it away, or choose another directory with"
                            + " checkpoint.state");
        }
        if (version > Tables.VERSION) {
            throw new ResumeRefusedException(
                    ResumeRefusedException.Reason.NEWER_VERSION,
                    "Cannot open state file '" + files.database() + "': it has version " + version
                            + " and this release reads up to " + Tables.VERSION
                            + "; use the release that wrote it, or a newer one");
        }
        return version;
    }

    /**
     * Does {@code work}, turning what SQLite reports into errors that begin with {@code Cannot <action> state file}.
     */
    <T> T run(String action, Work<T> work) {
        try {
            return work.with(this);
        } catch (SQLException e) {
            throw failures.of(action, e);
        }
    }

    /** As {@link #run}, in one transaction: all of it is on disk when this returns, or nothing. */
    <T> T write(String action, Work<T> work) {
        return run(action, ignored -> inTransaction(work));
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        plain.execute("BEGIN IMMEDIATE");
        try {
            T result = work.with(this);
            plain.execute("COMMIT");
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    /**
     * Some failures, such as a full disk, have rolled back already; then there is nothing to do. The driver closes a
     * statement that fails, so all are compiled anew.
     */
    private void rollBack(Exception reason) {
        try {
            forgetPrepared();
            plain.execute("ROLLBACK");
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Moves what was committed from a long log to the database file. SQLite would do so inside a commit, where it could
     * not be told when it has happened.
     *
     * @return whether all of it is there
     */
    boolean moveLongLog() {
        return run("checkpoint", ignored -> {
            long[] pages = checkpoint("NOOP");
            if (pages[0] < LONG_LOG_PAGES) {
                return false;
            }
            long[] moved = checkpoint("PASSIVE");
            return moved[0] == moved[1];
        });
    }

    /** The pages in the log, and how many of them are in the database file too. */
    private long[] checkpoint(String mode) throws SQLException {
        try (ResultSet row = plain.executeQuery("PRAGMA wal_checkpoint = " + mode)) {
            row.next();
            return new long[] {row.getLong(2), row.getLong(3)};
        }
    }

    /** A statement that is compiled once a connection; its parameters are numbered from 1. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** Runs a statement and gives the number of rows it changed. */
    int update(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepare(sql);
        bind(statement, parameters);
        return statement.executeUpdate();
    }

    /** Hands each row of a query to {@code work}. */
    void query(String sql, RowWork work, Object... parameters) throws SQLException {
        PreparedStatement statement = prepare(sql);
        bind(statement, parameters);
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                work.accept(rows);
            }
        }
    }

    /** Sets a pragma, or runs another statement without parameters. */
    void execute(String sql) throws SQLException {
        plain.execute(sql);
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private long number(String sql) throws SQLException {
        try (ResultSet row = plain.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void forgetPrepared() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }

    @Override
    public void close() {
        run("close", ignored -> {
            forgetPrepared();
            connection.close();
            return true;
        });
    }
}
