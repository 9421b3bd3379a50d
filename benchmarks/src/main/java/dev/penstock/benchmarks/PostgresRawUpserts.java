package dev.penstock.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.stream.IntStream;

/** Inserts or updates rows by key in batches of JDBC, which the driver rewrites to statements of many rows. */
final class PostgresRawUpserts {
    private static final int BATCH_ROWS = 4096;
    private static final OffsetDateTime CREATED = OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private static final String[] NAMES =
            IntStream.range(0, 4096).mapToObj("name%04d"::formatted).toArray(String[]::new);

    private PostgresRawUpserts() {}

    /** Arguments: the server, the rows to warm up with, the rows. */
    public static void main(String[] arguments) throws SQLException {
        String url = arguments[0];
        long few = Long.parseLong(arguments[1]);
        long rows = Long.parseLong(arguments[2]);
        PostgresTarget target = PostgresTarget.of(true);
        target.create(url, few);
        write(url, target, few);
        target.create(url, rows);
        Measured measured = Measured.start();
        write(url, target, rows);
        measured.print(rows);
        target.verify(url, rows);
    }

    private static void write(String url, PostgresTarget target, long rows) throws SQLException {
        String sql = "INSERT INTO " + target.table() + " (id, name, amount, paid, created) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, amount = EXCLUDED.amount, paid = EXCLUDED.paid,"
                + " created = EXCLUDED.created";
        try (Connection connection = PostgresData.connect(url + "&reWriteBatchedInserts=true");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (long row = 0; row < rows; row++) {
                statement.setLong(1, PostgresTarget.key(row));
                statement.setString(2, NAMES[(int) (row % NAMES.length)]);
                statement.setDouble(3, EngineBenchmark.value(row));
                statement.setBoolean(4, (row & 1) == 0);
                statement.setObject(5, CREATED.plusNanos(row * 1_000_000L));
                statement.addBatch();
                if (row % BATCH_ROWS == BATCH_ROWS - 1 || row == rows - 1) {
                    statement.executeBatch();
                    connection.commit();
                }
            }
        }
    }
}
