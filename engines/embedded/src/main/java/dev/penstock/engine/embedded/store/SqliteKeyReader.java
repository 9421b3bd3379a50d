package dev.penstock.engine.embedded.store;

import dev.penstock.dataflow.operator.TimeDomain;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads keys through a connection of its own, which is opened when the first is asked for. */
final class SqliteKeyReader implements KeyReader {
    private static final String OF_STEP = " FROM keyed_block WHERE step = (SELECT number FROM step WHERE id = ?)";

    /** The block that would have a key, and those behind it. */
    private static final String BEHIND_KEY = """
            WITH this (step) AS (SELECT number FROM step WHERE id = ?1)
            SELECT block FROM keyed_block WHERE step = (SELECT step FROM this) AND first >= coalesce(
                (SELECT first FROM keyed_block WHERE step = (SELECT step FROM this) AND first <= ?2
                    ORDER BY first DESC LIMIT 1), x'')""";

    private static final String IN_ORDER = " ORDER BY first";

    private final StateFiles files;
    private final String stepId;
    private final InstantSource clock;
    private @Nullable Database opened;
    private boolean reading;

    SqliteKeyReader(StateFiles files, String stepId, InstantSource clock) {
        this.files = files;
        this.stepId = stepId;
        this.clock = clock;
    }

    private Database database() {
        Database database = opened;
        if (database == null) {
            database = Database.openToRead(files);
            opened = database;
        }
        return database;
    }

    @Override
    public byte @Nullable [] value(byte[] key) {
        Optional<byte[]> found = database().run("read", database -> {
            PreparedStatement select =
                    database.prepare("SELECT block" + OF_STEP + " AND first <= ? ORDER BY first DESC LIMIT 1");
            select.setString(1, stepId);
            select.setBytes(2, key);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? find(rows.getBytes(1), key) : Optional.empty();
            }
        });
        return found.orElse(null);
    }

    private Optional<byte[]> find(byte[] block, byte[] key) throws SQLException {
        BlockCursor entries = new BlockCursor(block);
        while (entries.next()) {
            int compared = entries.compareKey(key);
            if (compared >= 0) {
                return compared == 0 && entries.isLive(clock.millis())
                        ? Optional.of(entries.value())
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public void begin() {
        if (!reading) {
            execute("BEGIN");
            reading = true;
        }
    }

    @Override
    public void end() {
        if (reading) {
            reading = false;
            execute("COMMIT");
        }
    }

    private void execute(String sql) {
        database().run("read", database -> {
            database.execute(sql);
            return true;
        });
    }

    @Override
    public long due(TimeDomain domain, long from, int most, DueVisitor visitor) {
        String column = column(domain);
        String sql =
                "SELECT " + column + ", block" + OF_STEP + " AND " + column + " IS NOT NULL ORDER BY step, " + column;
        return database().run("read", database -> {
            DueEntries due = new DueEntries(domain, from, clock.millis());
            PreparedStatement select = database.prepare(sql);
            select.setString(1, stepId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    long time = Math.max(from, rows.getLong(1));
                    if (!due.visitBefore(time, visitor)) {
                        return BlockCursor.NEVER;
                    }
                    if (due.add(rows.getBytes(2), time) > most) {
                        return time;
                    }
                }
                due.visitBefore(BlockCursor.NEVER, visitor);
                return BlockCursor.NEVER;
            }
        });
    }

    private static String column(TimeDomain domain) {
        return domain == TimeDomain.EVENT ? "event_due" : "clock_due";
    }

    @Override
    public List<Entry> dueAt(TimeDomain domain, long time, byte[] after, int count) {
        String sql = BEHIND_KEY + " AND " + column(domain) + " <= " + time + IN_ORDER;
        return entries(sql, after, count, entry -> entry.due(domain) == time);
    }

    @Override
    public List<Entry> page(byte[] after, int count) {
        return entries(BEHIND_KEY + IN_ORDER, after, count, entry -> true);
    }

    private List<Entry> entries(String sql, byte[] after, int count, Predicate<BlockCursor> wanted) {
        List<Entry> page = new ArrayList<>();
        database().run("read", database -> {
            PreparedStatement select = database.prepare(sql);
            select.setString(1, stepId);
            select.setBytes(2, after);
            try (ResultSet rows = select.executeQuery()) {
                while (page.size() < count && rows.next()) {
                    addBehind(after, rows.getBytes(1), count, wanted, page);
                }
            }
            return true;
        });
        return page;
    }

    private void addBehind(byte[] after, byte[] block, int count, Predicate<BlockCursor> wanted, List<Entry> page)
            throws SQLException {
        long now = clock.millis();
        BlockCursor entries = new BlockCursor(block);
        while (page.size() < count && entries.next()) {
            if (entries.compareKey(after) > 0 && entries.isLive(now) && wanted.test(entries)) {
                page.add(new Entry(entries.key(), entries.value()));
            }
        }
    }

    @Override
    public void keys(Consumer<byte[]> visitor) {
        long now = clock.millis();
        database().run("read", database -> {
            database.query(
                    "SELECT block" + OF_STEP,
                    row -> {
                        for (BlockCursor entries = new BlockCursor(row.getBytes(1)); entries.next(); ) {
                            if (entries.isLive(now)) {
                                visitor.accept(entries.key());
                            }
                        }
                    },
                    stepId);
            return true;
        });
    }

    @Override
    public void close() {
        Database database = opened;
        opened = null;
        if (database != null) {
            database.close();
        }
    }
}
