package dev.penstock.engine.embedded.store;

import dev.penstock.dataflow.operator.TimeDomain;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads keys through a connection of its own, which is opened when the first is asked for. */
final class SqliteKeyReader implements KeyReader {
    private static final String OF_STEP =
            " FROM keyed WHERE step = (SELECT number FROM step WHERE id = ?) AND (expires IS NULL OR expires > ?)";

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
            PreparedStatement select = database.prepare("SELECT value" + OF_STEP + " AND key = ?");
            select.setString(1, stepId);
            select.setLong(2, clock.millis());
            select.setBytes(3, key);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        });
        return found.orElse(null);
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
    public void due(TimeDomain domain, long from, DueVisitor visitor) {
        String column = domain == TimeDomain.EVENT ? "event_due" : "clock_due";
        String sql = "SELECT key, value, " + column + OF_STEP + " AND " + column + " >= ? ORDER BY step, " + column;
        database().run("read", database -> {
            PreparedStatement select = database.prepare(sql);
            select.setString(1, stepId);
            select.setLong(2, clock.millis());
            select.setLong(3, from);
            try (ResultSet rows = select.executeQuery()) {
                boolean more = true;
                while (more && rows.next()) {
                    more = visitor.visit(rows.getBytes(1), rows.getBytes(2), rows.getLong(3));
                }
            }
            return true;
        });
    }

    @Override
    public List<Entry> page(byte[] after, int count) {
        List<Entry> page = new ArrayList<>();
        database().run("read", database -> {
            database.query(
                    "SELECT key, value" + OF_STEP + " AND key > ? ORDER BY step, key LIMIT ?",
                    row -> page.add(new Entry(row.getBytes(1), row.getBytes(2))),
                    stepId,
                    clock.millis(),
                    after,
                    count);
            return true;
        });
        return page;
    }

    @Override
    public void keys(Consumer<byte[]> visitor) {
        database().run("read", database -> {
            database.query("SELECT key" + OF_STEP, row -> visitor.accept(row.getBytes(1)), stepId, clock.millis());
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
