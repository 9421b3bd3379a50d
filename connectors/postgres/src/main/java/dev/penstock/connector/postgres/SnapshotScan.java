package dev.penstock.connector.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** How far one table is cut into parts, and how large these are. Safe for several threads. */
final class SnapshotScan {
    /** Until it is known how large rows are. */
    private static final int FIRST_ROWS = 1024;

    /** Parts of large rows have fewer of them, so that what is read ahead stays small. */
    private static final long TARGET_BYTES = 4L << 20;

    private final SnapshotQuery query;
    private final int chunkRows;
    private final List<String> after;
    private List<String> reached;
    private boolean exhausted;
    private volatile int rows;

    /** Of what is behind the key {@code after}, in parts of at most {@code chunkRows} rows. */
    SnapshotScan(SnapshotQuery query, int chunkRows, List<String> after) {
        this.query = query;
        this.chunkRows = chunkRows;
        this.after = List.copyOf(after);
        this.reached = this.after;
        this.rows = Math.min(FIRST_ROWS, chunkRows);
    }

    SnapshotQuery query() {
        return query;
    }

    /** The key that all parts are behind; empty if they begin with the first. */
    List<String> after() {
        return after;
    }

    ChangedTable table() {
        return query.table();
    }

    /** How many rows the next part has, as far as is known. */
    int rows() {
        return rows;
    }

    /** Finds out where {@code part} ends; it stays without a range if all of the table was asked for before. */
    synchronized void cut(Connection connection, SnapshotPart part) throws SQLException {
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
                ResultSet row = statement.executeQuery(query.bound(reached, rows))) {
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

    /** Learns from {@code chunk} how large rows are. */
    void learn(SnapshotChunk chunk) {
        int read = chunk.rows().rowCount();
        if (read > 0) {
            long fitting = TARGET_BYTES * read / Math.max(1, chunk.rows().sizeInBytes());
            rows = (int) Math.max(1, Math.min(fitting, chunkRows));
        }
    }
}
