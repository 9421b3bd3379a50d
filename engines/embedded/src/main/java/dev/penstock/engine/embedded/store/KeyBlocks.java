package dev.penstock.engine.embedded.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges changes of keys into the blocks of their steps, inside a transaction that the caller began and ends.
 *
 * <p>A block is a row with all keys of a step from its {@code first} up to that of the next block, in the order of
 * their bytes, about as many as fill a page. What a row costs is paid once for many keys when most of them change; when
 * few do, a page is written for each, as it would be with a row a key. Not thread safe.
 */
final class KeyBlocks {
    /** The most blocks that are read before the first of them is written. */
    private static final int MOST_AT_ONCE = 64;

    private static final byte[] BEFORE_ALL = {};
    private static final byte[] NO_ENTRIES = {};
    private static final String FROM_KEY = """
            SELECT number, first, block FROM keyed_block WHERE step = ?1 AND first >= coalesce(
                (SELECT first FROM keyed_block WHERE step = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1), x'')
            ORDER BY first LIMIT ?3""";
    private static final String EXPIRED =
            "SELECT number, step, first, block FROM keyed_block WHERE expires <= ? LIMIT " + MOST_AT_ONCE;

    private final Database database;
    private final BlockRows rows;

    KeyBlocks(Database database) {
        this.database = database;
        this.rows = new BlockRows(database);
    }

    /**
     * A block as it is stored, or one that is to be.
     *
     * @param until where the next block begins; null for the last
     */
    private record Block(BlockRows.Place place, byte[] entries, byte @Nullable [] until) {}

    /** Writes {@code changes} of one step. */
    void write(long step, SortedChanges changes) throws SQLException {
        int ahead = 1;
        int at = 0;
        while (at < changes.size()) {
            int used = 0;
            for (Block block : blocksFrom(step, changes.key(at), ahead)) {
                int end = endOf(changes, at, block.until());
                if (end == at) {
                    break;
                }
                merge(block, changes, at, end);
                used++;
                at = end;
            }
            ahead = used < ahead ? used : Math.min(MOST_AT_ONCE, 2 * ahead);
        }
    }

    private static int endOf(SortedChanges changes, int from, byte @Nullable [] until) {
        if (until == null) {
            return changes.size();
        }
        int end = from;
        while (end < changes.size() && changes.compareKey(end, until) < 0) {
            end++;
        }
        return end;
    }

    /** The block that has {@code key}, or is to have it, and some of those behind it. */
    private List<Block> blocksFrom(long step, byte[] key, int count) throws SQLException {
        PreparedStatement select = database.prepare(FROM_KEY);
        select.setLong(1, step);
        select.setBytes(2, key);
        select.setLong(3, count + 1L);
        List<Block> blocks = new ArrayList<>(count + 1);
        BlockRows.Place place = new BlockRows.Place(BlockRows.NEW, step, BEFORE_ALL);
        byte[] entries = NO_ENTRIES;
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                byte[] first = found.getBytes(2);
                if (!blocks.isEmpty() || place.isStored() || Arrays.compareUnsigned(first, key) > 0) {
                    blocks.add(new Block(place, entries, first));
                }
                if (blocks.size() == count) {
                    return blocks;
                }
                place = new BlockRows.Place(found.getLong(1), step, first);
                entries = found.getBytes(3);
            }
        }
        blocks.add(new Block(place, entries, null));
        return blocks;
    }

    private void merge(Block block, SortedChanges changes, int from, int to) throws SQLException {
        rows.begin(block.place());
        BlockCursor old = new BlockCursor(block.entries());
        boolean more = old.next();
        BlockCursor change = new BlockCursor();
        for (int i = from; i < to; i++) {
            changes.show(i, change);
            while (more && old.compareKey(change) < 0) {
                rows.add(old);
                more = old.next();
            }
            if (more && old.compareKey(change) == 0) {
                more = old.next();
            }
            if (!changes.isDrop(i)) {
                rows.add(change);
            }
        }
        while (more) {
            rows.add(old);
            more = old.next();
        }
        rows.end();
    }

    /** Drops the keys whose time is over. */
    void dropExpired(long nowMillis) throws SQLException {
        List<Block> some = withExpired(nowMillis);
        while (!some.isEmpty()) {
            for (Block block : some) {
                keepLive(block, nowMillis);
            }
            some = withExpired(nowMillis);
        }
    }

    private List<Block> withExpired(long nowMillis) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        database.query(
                EXPIRED,
                row -> {
                    BlockRows.Place place = new BlockRows.Place(row.getLong(1), row.getLong(2), row.getBytes(3));
                    blocks.add(new Block(place, row.getBytes(4), null));
                },
                nowMillis);
        return blocks;
    }

    private void keepLive(Block block, long nowMillis) throws SQLException {
        rows.begin(block.place());
        BlockCursor entries = new BlockCursor(block.entries());
        while (entries.next()) {
            if (entries.isLive(nowMillis)) {
                rows.add(entries);
            }
        }
        rows.end();
    }
}
