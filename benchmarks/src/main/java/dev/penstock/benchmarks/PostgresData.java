package dev.penstock.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.penstock.local.LocalPostgres;
import dev.penstock.local.LocalPostgres.Release;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** A PostgreSQL in processes of its own, and tables as large as benchmarks want them. */
final class PostgresData {
    /** The connections that read a table side by side: ours by default, and those of who is compared. */
    static final int CONNECTIONS = 2;

    private static @Nullable LocalPostgres server;

    private PostgresData() {}

    /** The server of this run, which ends with this process. */
    static synchronized LocalPostgres server() {
        LocalPostgres started = server;
        if (started == null) {
            // No work of its own may fall into the time of one contender and not of another.
            started = LocalPostgres.start(
                    Release.POSTGRES_18,
                    Map.of(
                            "shared_buffers", "512MB",
                            "max_wal_size", "16GB",
                            "checkpoint_timeout", "1h",
                            "full_page_writes", "off",
                            "autovacuum", "off",
                            "max_replication_slots", "20",
                            "max_wal_senders", "20"));
            server = started;
        }
        return started;
    }

    static Connection connect(String url) throws SQLException {
        return requireNonNull(new Driver().connect(url, new Properties()), "connection");
    }

    /** Runs statements as the superuser, each a transaction of its own. */
    static void run(String url, String... statements) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot prepare a database: " + e.getMessage(), e);
        }
    }

    /** The number that {@code sql} gives. */
    static long ask(String url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot ask a database: " + e.getMessage(), e);
        }
    }

    /** What a pipeline file says of the server. */
    static String connection() {
        LocalPostgres postgres = server();
        return "connector: postgres, host: 127.0.0.1, port: " + postgres.port() + ", database: " + postgres.database()
                + ", user: " + postgres.user();
    }

    /** A table of {@code rows} orders with a primary key; made once in a run. */
    static String orders(long rows) {
        String table = "orders_" + rows;
        String url = server().url();
        if (ask(url, "SELECT count(*) FROM pg_class WHERE relname = '" + table + "'") == 0) {
            run(
                    url,
                    "CREATE TABLE " + table + " (id bigint NOT NULL, customer int NOT NULL, email text NOT NULL,"
                            + " amount numeric(12,2) NOT NULL, paid boolean NOT NULL, created timestamptz NOT NULL,"
                            + " note text)",
                    "INSERT INTO " + table + " SELECT i, i % 1000003, 'customer' || i % 1000003 || '@example.org',"
                            + " (i % 100000)::numeric / 100, i % 3 = 0, timestamptz '2026-01-01' + i * interval '1 s',"
                            + " 'leave it at the door, or with the neighbours' FROM generate_series(1, " + rows
                            + ") AS i",
                    "ALTER TABLE " + table + " ADD PRIMARY KEY (id)",
                    "VACUUM ANALYZE " + table);
        }
        return table;
    }
}
