package dev.penstock.engine.embedded.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;

/**
 * Takes the entries of a block, in order, and writes them as one row, as several if they have become too many, or as
 * none.
 *
 * <p><b>Order of calls:</b> {@code (begin add* end)*}. Not thread safe.
 */
final class BlockRows {
    /** The number of a block that has no row yet. */
    static final long NEW = -1;

    /** With the other columns a little less than a page. */
    private static final int MOST_BYTES = 3_900;

    /** What a block has when it is cut, so that it can grow a little. */
    private static final int CUT_BYTES = 3_200;

    /** So much is gathered before blocks are cut from it. */
    private static final int GATHERED_BYTES = 16 * CUT_BYTES;

    private static final String COLUMNS =
            "entries = ?, expires = ?, last_expiry = ?, event_due = ?, clock_due = ?," + " block = ?";
    private static final String UPDATE = "UPDATE keyed_block SET " + COLUMNS + " WHERE number = ?";
    private static final String INSERT = "INSERT INTO keyed_block (entries, expires, last_expiry, event_due, clock_due,"
            + " block, step, first) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private final Database database;
    private final BlockBuffer buffer = new BlockBuffer();
    private Place place = new Place(NEW, 0, new byte[0]);
    private boolean placed;

    BlockRows(Database database) {
        this.database = database;
    }

    /**
     * Where a block is.
     *
     * @param number of its row, or {@link #NEW}
     * @param first the least key that belongs into it
     */
    record Place(long number, long step, byte[] first) {
        boolean isStored() {
            return number != NEW;
        }
    }

    /** What a row says of its entries. */
    private static final class Summary {
        private int entries;
        private long expires = BlockCursor.NEVER;
        private long lastExpiry = Long.MIN_VALUE;
        private long eventDue = BlockCursor.NEVER;
        private long clockDue = BlockCursor.NEVER;

        void add(BlockCursor entry) {
            entries++;
            expires = Math.min(expires, entry.expires());
            lastExpiry = Math.max(lastExpiry, entry.expires());
            eventDue = Math.min(eventDue, entry.eventDue());
            clockDue = Math.min(clockDue, entry.clockDue());
        }

        void bind(PreparedStatement statement) throws SQLException {
            statement.setLong(1, entries);
            bind(statement, 2, expires);
            bind(statement, 3, lastExpiry);
            bind(statement, 4, eventDue);
            bind(statement, 5, clockDue);
        }

        private static void bind(PreparedStatement statement, int parameter, long time) throws SQLException {
            if (time == BlockCursor.NEVER) {
                statement.setNull(parameter, Types.INTEGER);
            } else {
                statement.setLong(parameter, time);
            }
        }
    }

    /** The entries of the block at {@code where} follow, all of them. */
    void begin(Place where) {
        buffer.clear();
        place = where;
        placed = false;
    }

    /** Adds the entry at which {@code cursor} is. */
    void add(BlockCursor cursor) throws SQLException {
        buffer.add(cursor);
        cutIfMany();
    }

    private void cutIfMany() throws SQLException {
        if (buffer.size() > GATHERED_BYTES) {
            buffer.removeFirst(cut(CUT_BYTES, buffer.size() - CUT_BYTES));
        }
    }

    /** Writes what is left. */
    void end() throws SQLException {
        int size = buffer.size();
        int parts = size <= MOST_BYTES ? 1 : (size + CUT_BYTES - 1) / CUT_BYTES;
        if (size > 0) {
            cut((size + parts - 1) / parts, size);
        } else if (!placed && place.isStored()) {
            database.update("DELETE FROM keyed_block WHERE number = ?", place.number());
        }
    }

    /**
     * Cuts blocks of {@code target} bytes or a little more, as long as they begin before {@code end}; gives the rest.
     */
    private int cut(int target, int end) throws SQLException {
        BlockCursor entries = new BlockCursor(buffer.bytes(), 0, buffer.size());
        int from = 0;
        while (from < end) {
            Summary summary = new Summary();
            byte[] first = {};
            int to = from;
            while (to - from < target && entries.next()) {
                first = summary.entries == 0 ? entries.key() : first;
                summary.add(entries);
                to = entries.to();
            }
            write(first, summary, Arrays.copyOfRange(buffer.bytes(), from, to));
            from = to;
        }
        return from;
    }

    private void write(byte[] first, Summary summary, byte[] block) throws SQLException {
        boolean update = !placed && place.isStored();
        PreparedStatement statement = database.prepare(update ? UPDATE : INSERT);
        summary.bind(statement);
        statement.setBytes(6, block);
        if (update) {
            statement.setLong(7, place.number());
        } else {
            statement.setLong(7, place.step());
            statement.setBytes(8, placed ? first : place.first());
        }
        statement.executeUpdate();
        placed = true;
    }
}
