package dev.penstock.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Commits rows with the time to one table, has a pipeline in a process of its own copy them, and looks for them. */
final class PostgresLatency {
    static final String FROM = "bench_sent";
    static final String TO = "bench_seen";
    static final String SLOT = "bench_latency";

    /** Every so often a transaction of so many rows: 5,000 a second. */
    private static final long TICK_NANOS = 2_000_000;

    private static final int ROWS_A_TICK = 10;
    private static final long LOOK_NANOS = 2_000_000;
    private static final long START_NANOS = 120_000_000_000L;
    private static final long WARM_NANOS = 15_000_000_000L;
    private static final long NANOS = 20_000_000_000L;

    private final String url;
    private final long[] nanos = new long[(int) (2 * ROWS_A_TICK * NANOS / TICK_NANOS)];
    private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
    private long last = -1;
    private int count;

    private PostgresLatency(String url) {
        this.url = url;
    }

    /** Arguments: the command of the product, the pipeline, the server. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        PostgresLatency latency = new PostgresLatency(arguments[2]);
        try (PostgresSlot slot = PostgresSlot.copy(latency.url, PostgresSlot.NONE, SLOT)) {
            latency.createTables();
            ProcessBuilder builder = new ProcessBuilder(arguments[0], "run", "--quiet", arguments[1]).inheritIO();
            builder.environment().put("RUN", slot.name().replace('_', '-') + System.currentTimeMillis());
            Process pipeline = builder.start();
            try {
                latency.measure();
            } finally {
                pipeline.destroy();
                pipeline.waitFor();
            }
        }
    }

    private void createTables() {
        for (String table : new String[] {FROM, TO}) {
            PostgresData.run(
                    url,
                    "DROP TABLE IF EXISTS " + table,
                    "CREATE TABLE " + table + " (id bigint PRIMARY KEY, sent bigint NOT NULL, email text, note text)");
        }
        PostgresData.run(url, "DROP PUBLICATION IF EXISTS " + SLOT);
    }

    private void measure() throws SQLException {
        Thread writer = new Thread(this::write, "writer");
        writer.setDaemon(true);
        writer.start();
        read();
        SQLException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        if (count == 0) {
            throw new IllegalStateException("no row came out in time");
        }
        Arrays.sort(nanos, 0, count);
        for (double share : new double[] {0.5, 0.9, 0.999}) {
            System.out.printf(Locale.ROOT, "quantile %.3f: %.4f s%n", share, nanos[(int) (share * count)] / 1e9);
        }
        System.out.printf(
                Locale.ROOT, "%d rows%nmeasured units=1 seconds=%.6f%n", count, nanos[(int) (0.99 * count)] / 1e9);
    }

    /** The time is taken before the commit, whose own time is then part of the way. */
    private void write() {
        String sql = "INSERT INTO " + FROM + " SELECT i, ?, 'customer@example.org', 'leave it at the door'"
                + " FROM generate_series(?, ?) AS i";
        try (Connection connection = PostgresData.connect(url);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            long id = 0;
            for (long due = System.nanoTime(); ; due += TICK_NANOS) {
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                statement.setLong(1, System.nanoTime());
                statement.setLong(2, id);
                id += ROWS_A_TICK;
                statement.setLong(3, id - 1);
                statement.executeUpdate();
            }
        } catch (SQLException e) {
            failure.set(e);
        }
    }

    /** The rows that were sent between the end of the warm-up and the end, as they come to be seen. */
    private void read() throws SQLException {
        String sql = "SELECT id, sent FROM " + TO + " WHERE id > ? ORDER BY id";
        try (Connection connection = PostgresData.connect(url);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            long giveUp = System.nanoTime() + START_NANOS;
            while (last < 0 && failure.get() == null) {
                look(statement, Long.MAX_VALUE); // until the pipeline has started
                if (System.nanoTime() > giveUp) {
                    throw new IllegalStateException("no row came out");
                }
            }
            long from = System.nanoTime() + WARM_NANOS;
            while (System.nanoTime() < from + NANOS && failure.get() == null) {
                look(statement, from);
            }
        }
    }

    /** Takes the rows that are new, and of those that were sent at {@code from} or later how long they took. */
    private void look(PreparedStatement statement, long from) throws SQLException {
        LockSupport.parkNanos(LOOK_NANOS);
        statement.setLong(1, last);
        try (ResultSet row = statement.executeQuery()) {
            long now = System.nanoTime();
            while (row.next()) {
                last = row.getLong(1);
                long sent = row.getLong(2);
                if (sent >= from && count < nanos.length) {
                    nanos[count++] = now - sent;
                }
            }
        }
    }
}
