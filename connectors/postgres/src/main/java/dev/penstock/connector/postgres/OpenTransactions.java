package dev.penstock.connector.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The transactions that are open now, and may still add rows that are older than others that can be read. */
final class OpenTransactions {
    /** What the names of prepared ones begin with. */
    private static final String PREPARED = "prepared ";

    /**
     * Every transaction holds such a lock on itself, from before its first statement, whether or not it has changed
     * anything yet. Workers that vacuum have no user.
     */
    private static final String OF_DATABASE = """
            SELECT l.virtualtransaction, 'process ' || l.pid
            FROM pg_catalog.pg_locks l
            LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'virtualxid' AND l.mode = 'ExclusiveLock' AND l.granted
              AND (a.pid IS NULL OR (a.datname = pg_catalog.current_database() AND a.usesysid IS NOT NULL))
              AND l.pid <> ALL ('{%s}'::int[])
            UNION ALL
            SELECT 'prepared ' || transaction::text, 'prepared transaction ' || gid
            FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database()""";

    /** Who changes rows holds such a lock to the end, on the partition that has them if there are. */
    private static final String OF_TABLE = """
            SELECT DISTINCT CASE WHEN pid IS NULL THEN 'prepared ' ELSE '' END || virtualtransaction,
              coalesce('process ' || pid, 'a prepared transaction')
            FROM pg_catalog.pg_locks
            WHERE locktype = 'relation' AND granted
              AND mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
              AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
              AND relation IN (
                SELECT %1$s::oid UNION ALL SELECT relid::oid FROM pg_catalog.pg_partition_tree(%1$s::oid::regclass))""";

    private final String sql;
    private Map<String, String> left = Map.of();
    /** Whether those that were found, and have been prepared since, are among those that are left. */
    private boolean hasPrepared;

    private OpenTransactions(String sql) {
        this.sql = sql;
    }

    /** All of the database but for those of the processes {@code own}. */
    static OpenTransactions ofDatabase(Set<Integer> own) {
        return new OpenTransactions(
                OF_DATABASE.formatted(own.stream().map(String::valueOf).collect(Collectors.joining(","))));
    }

    /** Those that change the table {@code relation}, or one of its partitions. */
    static OpenTransactions ofTable(int relation) {
        return new OpenTransactions(OF_TABLE.formatted(Integer.toUnsignedString(relation)));
    }

    /** Finds those that are open now. The connection must not be in a transaction, within which the answer stays. */
    void find(Connection connection) throws SQLException {
        left = ask(connection);
        hasPrepared = left.isEmpty();
    }

    /**
     * Whether some of those that were found are still open. One that is prepared goes on under another name, without
     * its process: when the last process is done, those that are prepared by then are waited for, and no others.
     */
    boolean areLeft(Connection connection) throws SQLException {
        if (!left.isEmpty()) {
            left.keySet().retainAll(ask(connection).keySet());
        }
        if (left.isEmpty() && !hasPrepared) {
            left = ask(connection);
            left.keySet().removeIf(name -> !name.startsWith(PREPARED));
            hasPrepared = true;
        }
        return !left.isEmpty();
    }

    /** Those that were found and are still open, for people. */
    String shown() {
        return String.join(", ", left.values());
    }

    private Map<String, String> ask(Connection connection) throws SQLException {
        Map<String, String> open = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                open.put(row.getString(1), row.getString(2));
            }
        }
        return open;
    }
}
