package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far one table is cut into parts, and how large these are. Parts end at the keys of a {@link SnapshotSample}, and
 * where these are too far from each other, at keys that are found by counting rows. Safe for several threads.
 */
final class SnapshotScan {
    /** Parts that are counted, until it is known how large rows are. */
    private static final int FIRST_ROWS = 1024;

    /**
     * What parts have, of large rows fewer. With more of them ahead they would live long enough to be moved to the old
     * generation, and that would be collected again and again.
     */
    private static final long TARGET_BYTES = 2L << 20;

    /** A part that turns out to be larger than wanted by this is cut short. */
    private static final int TOO_LARGE = 4;

    /** Rows are counted where parts of the sample are larger than wanted by this, long before most of them are cut. */
    private static final int COUNT_FROM = 2;

    /** From so much on that was read it is known how large rows are, whatever one of them has. */
    private static final long KNOWN_BYTES = 8 * TARGET_BYTES;

    /** What was read before the last of this counts less and less. */
    private static final long REMEMBERED_BYTES = 32 * TARGET_BYTES;

    /** A limit of the server, as that of temporary files, its disk, its memory. */
    private static final Set<String> NO_ROOM = Set.of("53400", "53100", "53200");

    private final SnapshotQuery query;
    private final int chunkRows;
    private final List<String> after;
    private List<String> reached;
    private volatile boolean exhausted;
    private @Nullable Deque<List<String>> bounds;
    private long rowsApart;
    private boolean counting;
    private final Object learning = new Object();
    private long readRows;
    private long readBytes;
    private volatile int rows;
    private volatile boolean known;

    /** Of what is behind the key {@code after}, in parts of about {@code chunkRows} rows, or fewer that are large. */
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

    /** What is read of a part before it is cut short. */
    Limit limit() {
        return new Limit(TOO_LARGE * chunkRows, TOO_LARGE * TARGET_BYTES);
    }

    /** Finds out where {@code part} ends; it stays without a range if all of the table was asked for before. */
    synchronized void cut(Connection connection, SnapshotPart part) throws SQLException {
        if (part.range() == null && !exhausted) {
            SnapshotRange range = new SnapshotRange(reached, bound(connection));
            reached = range.last();
            part.range(range); // before it is said that further parts get none
            exhausted = reached.isEmpty();
        }
    }

    /** Whether no part gets a range any more: those without one never will. */
    boolean isExhausted() {
        return exhausted;
    }

    private List<String> bound(Connection connection) throws SQLException {
        Deque<List<String>> left = bounds;
        if (left == null) {
            SnapshotSample sample = sample(connection);
            left = new ArrayDeque<>(sample.keys());
            bounds = left;
            rowsApart = sample.rowsApart();
        }
        if (known && rowsApart > (long) COUNT_FROM * rows) {
            counting = true; // from here on, as parts that are counted do not end where the sample does
            left.clear();
        }
        if (counting) {
            return counted(connection);
        }
        List<String> next = left.poll();
        return next == null ? counted(connection) : next;
    }

    /** Without room for the sample on the server, which would have none later either, all parts are counted. */
    private SnapshotSample sample(Connection connection) throws SQLException {
        try {
            SnapshotSample sample = SnapshotSample.take(connection, query, reached, new Limit(chunkRows, TARGET_BYTES));
            connection.commit();
            return sample;
        } catch (SQLException e) {
            if (!NO_ROOM.contains(Failures.state(e))) {
                throw e;
            }
            connection.rollback();
            counting = true;
            return new SnapshotSample(List.of(), 0);
        }
    }

    private List<String> counted(Connection connection) throws SQLException {
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
        learn(chunk.rows().rowCount(), chunk.rows().sizeInBytes());
    }

    /** Learns from a part that has {@code count} rows; what one row has beyond a part that is cut short is left out. */
    void learn(int count, long bytes) {
        synchronized (learning) {
            readRows += count;
            readBytes += Math.min(bytes, TOO_LARGE * TARGET_BYTES);
            if (readBytes > REMEMBERED_BYTES) {
                readRows -= readRows / 2;
                readBytes -= readBytes / 2;
            }
            if (readRows > 0) {
                long fitting = TARGET_BYTES * readRows / Math.max(1, readBytes);
                rows = (int) Math.max(1, Math.min(fitting, chunkRows));
            }
            known = known || readBytes >= KNOWN_BYTES;
        }
    }
}
