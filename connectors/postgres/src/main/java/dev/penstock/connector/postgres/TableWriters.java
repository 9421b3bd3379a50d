package dev.penstock.connector.postgres;

import dev.penstock.spi.RetryableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The transactions that change a table.
 *
 * @param connection to ask the server
 */
record TableWriters(Connection connection, ChangedTable table) {
    /**
     * Who changes rows holds such a lock to the end of its transaction, on the partition that has them if there are. A
     * prepared transaction holds its own without a process.
     */
    private static final String HOLDERS = "SELECT DISTINCT virtualtransaction FROM pg_catalog.pg_locks"
            + " WHERE locktype = 'relation' AND mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock',"
            + " 'ExclusiveLock', 'AccessExclusiveLock') AND granted"
            + " AND pid IS DISTINCT FROM pg_catalog.pg_backend_pid()"
            + " AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())"
            + " AND relation IN (SELECT %1$s::oid UNION ALL"
            + " SELECT relid::oid FROM pg_catalog.pg_partition_tree(%1$s::oid::regclass))";

    private static final long PAUSE_NANOS = 50_000_000;

    /**
     * Waits until those have ended that change the table now. One that began before the table was published does not
     * come along the stream with what it changed until then, so that the rows are read after it.
     */
    void await() throws SQLException {
        Set<String> writers = find();
        while (!writers.isEmpty()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new RetryableException(
                        "Cannot wait for those who change table '" + table.name()
                                + "': the thread was interrupted; it is tried again",
                        Duration.ZERO);
            }
            writers.retainAll(find());
        }
    }

    private Set<String> find() throws SQLException {
        Set<String> writers = new HashSet<>();
        String id = Integer.toUnsignedString(table.relation().id());
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HOLDERS.formatted(id))) {
            while (row.next()) {
                writers.add(row.getString(1));
            }
        }
        return writers;
    }
}
