package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Brings a file of version 1, which has a row for each key, to version 2, which has them in blocks. */
final class RowsToBlocks {
    /** Shows the keys of an older file as blocks, to those who count them and must not change the file. */
    static final String VIEW = "CREATE TEMP VIEW keyed_block AS SELECT step, 1 AS entries, expires,"
            + " expires AS last_expiry, x'' AS block FROM keyed";

    private static final int KEYS_AT_ONCE = 10_000;
    private static final byte[] EMPTY = {};

    private final Database database;
    private final KeyBlocks blocks;

    RowsToBlocks(Database database) {
        this.database = database;
        this.blocks = new KeyBlocks(database);
    }

    /** Does it, inside a transaction of the caller. */
    void run() throws SQLException {
        for (String index : List.of("keyed_expiry", "keyed_event", "keyed_clock")) {
            database.execute("DROP INDEX " + index);
        }
        for (String table : Tables.KEYED) {
            database.execute(table);
        }
        List<Long> steps = new ArrayList<>();
        database.query("SELECT number FROM step", row -> steps.add(row.getLong(1)));
        for (long step : steps) {
            move(step);
        }
        database.execute("DROP TABLE keyed");
    }

    private void move(long step) throws SQLException {
        KeyLog keys = keys(step, ">=", EMPTY);
        while (keys.size() > 0) {
            blocks.write(step, SortedChanges.of(keys));
            keys = keys(step, ">", keys.key(keys.size() - 1));
        }
    }

    private KeyLog keys(long step, String compared, byte[] with) throws SQLException {
        KeyLog keys = new KeyLog("");
        database.query(
                "SELECT key, value, expires, event_due, clock_due FROM keyed WHERE step = ? AND key " + compared
                        + " ? ORDER BY key LIMIT " + KEYS_AT_ONCE,
                row -> keys.add(new KeyChange(
                        "",
                        row.getBytes(1),
                        Optional.of(row.getBytes(2)),
                        new KeyTimes(time(row, 3), time(row, 4), time(row, 5)))),
                step,
                with);
        return keys;
    }

    private static OptionalLong time(ResultSet row, int column) throws SQLException {
        long time = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(time);
    }
}
