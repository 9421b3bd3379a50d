package dev.penstock.connector.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.replication.LogSequenceNumber;

/**
 * The moment at which a table without key was read: what it saw must not be given again when it comes along the stream.
 *
 * @param shown as the server writes it: the first transaction that was under way, the first that had not begun, and all
 *     that were under way
 * @param lsn up to where the log was written then: what is behind it was not seen
 */
record KeylessSnapshot(String shown, long lsn) {
    /** 4 MiB, in pages of the usual size. */
    static final int PART_PAGES = 512;

    /** Begins a transaction that sees what there is now. */
    static KeylessSnapshot begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        String shown = answer(connection, "SELECT pg_catalog.pg_current_snapshot()::text");
        String lsn = answer(connection, "SELECT pg_catalog.pg_current_wal_insert_lsn()");
        return new KeylessSnapshot(shown, LogSequenceNumber.valueOf(lsn).asLong());
    }

    /** The number of pages of {@code table}, or of its largest partition. */
    static long pages(Connection connection, ChangedTable table) throws SQLException {
        String id = Integer.toUnsignedString(table.relation().id()) + "::oid";
        String pages = answer(
                connection,
                "SELECT max(pg_catalog.pg_relation_size(relid)) / current_setting('block_size')::int"
                        + " FROM (SELECT " + id + "::regclass AS relid UNION ALL SELECT relid"
                        + " FROM pg_catalog.pg_partition_tree(" + id + "::regclass) WHERE isleaf) parts");
        if (pages.equals("null")) {
            throw new SQLException("relation '" + table.name() + "' does not exist", SnapshotReaders.NO_SUCH_TABLE);
        }
        return Long.parseLong(pages);
    }

    private static String answer(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** What a state keeps of it. */
    List<String> texts() {
        return List.of(shown, Long.toString(lsn));
    }

    /** What {@link #texts} says. */
    static KeylessSnapshot of(List<String> texts) {
        return new KeylessSnapshot(texts.get(0), Long.parseLong(texts.get(1)));
    }

    /** Whether it saw what {@code transaction} did, which is committed. */
    boolean saw(ChangeTransaction transaction) {
        if (Long.compareUnsigned(transaction.lsn(), lsn) >= 0) {
            return false;
        }
        String[] parts = shown.split(":", -1);
        int id = (int) transaction.id();
        // Numbers of transactions go round; these two are not far from each other.
        boolean hadBegun = id - (int) Long.parseLong(parts[1]) < 0;
        Set<Integer> underWay = Stream.of(parts[2].split(","))
                .filter(each -> !each.isEmpty())
                .map(each -> (int) Long.parseLong(each))
                .collect(Collectors.toSet());
        return hadBegun && !underWay.contains(id);
    }
}
