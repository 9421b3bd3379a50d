package dev.penstock.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** Copies a table out in binary by ranges of pages, one a connection, side by side, and throws the rows away. */
final class PostgresRawCopy {
    private PostgresRawCopy() {}

    /** Arguments: the server, the table to warm up with, the table, its rows. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        read(arguments[0], arguments[1]);
        Measured measured = Measured.start();
        long bytes = read(arguments[0], arguments[2]);
        measured.print(Long.parseLong(arguments[3]));
        System.out.println(bytes + " bytes");
    }

    private static long read(String url, String table) throws InterruptedException, ExecutionException {
        long pages =
                PostgresData.ask(url, "SELECT pg_relation_size('" + table + "') / current_setting('block_size')::int");
        ExecutorService threads = Executors.newFixedThreadPool(PostgresData.CONNECTIONS);
        try {
            List<Future<Long>> reads = new ArrayList<>();
            for (int part = 0; part < PostgresData.CONNECTIONS; part++) {
                long from = pages * part / PostgresData.CONNECTIONS;
                long to = pages * (part + 1) / PostgresData.CONNECTIONS;
                String sql = "COPY (SELECT * FROM " + table + " WHERE ctid >= '(" + from + ",0)'::tid AND ctid < '("
                        + to + ",0)'::tid) TO STDOUT (FORMAT binary)";
                reads.add(threads.submit(() -> copy(url, sql)));
            }
            long bytes = 0;
            for (Future<Long> read : reads) {
                bytes += read.get();
            }
            return bytes;
        } finally {
            threads.shutdown();
        }
    }

    private static long copy(String url, String sql) throws SQLException {
        try (Connection connection = PostgresData.connect(url)) {
            CopyOut copy = new CopyManager(connection.unwrap(BaseConnection.class)).copyOut(sql);
            long bytes = 0;
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                bytes += row.length;
            }
            return bytes;
        }
    }
}
