package dev.penstock.connector.postgres.conformance;

import dev.penstock.local.LocalPostgres;
import dev.penstock.local.LocalPostgres.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.Driver;

/** A server that asks who is there: the pipeline may read changes, the guest nothing. */
final class ChangeServer implements AutoCloseable {
    private static final String ACCESS = """
            host all postgres 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256
            """;

    /** A reader that has too much to read takes no more. */
    private static final Duration PROMPT = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LocalPostgres postgres;
    private final Connection connection;

    ChangeServer() {
        postgres = LocalPostgres.start(
                Release.POSTGRES_18,
                Map.of(
                        "max_replication_slots",
                        "200",
                        "max_wal_senders",
                        "200",
                        "max_connections",
                        "400",
                        "password_encryption",
                        "scram-sha-256"));
        try {
            connection = new Driver().connect(postgres.url(), new Properties());
            Files.writeString(postgres.directory().resolve("data/pg_hba.conf"), ACCESS);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(
                "SELECT pg_reload_conf()",
                KitAccess.USER.create("REPLICATION"),
                KitAccess.GUEST.create(""),
                "GRANT CREATE ON DATABASE postgres TO " + KitAccess.USER.name());
    }

    KitAccess access() {
        return new KitAccess(postgres.port(), "postgres");
    }

    /** Runs statements as the superuser, each a transaction of its own. */
    synchronized void run(String... statements) {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot run " + String.join("; ", statements), e);
        }
    }

    /** Runs statements together as one transaction. */
    synchronized void runTogether(List<String> statements) {
        List<String> all = new ArrayList<>(statements);
        all.add(0, "BEGIN");
        all.add("COMMIT");
        run(all.toArray(String[]::new));
    }

    /** What the first column of {@code sql} gives, sorted. */
    synchronized Set<String> ask(String sql) {
        Set<String> values = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                values.add(String.valueOf(row.getString(1)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot ask " + sql, e);
        }
        return values;
    }

    /** Waits until the server knows that nobody reads from {@code slot} any more. */
    void awaitFree(String slot) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String active = "SELECT slot_name FROM pg_replication_slots WHERE active AND slot_name = '" + slot + "'";
        while (!ask(active).isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    /** Waits until whoever reads from {@code slot} has got what is before {@code lsn}, so that it can be read. */
    void awaitSent(String slot, String lsn) {
        long deadline = System.nanoTime() + PROMPT.toNanos();
        String behind = "SELECT 1 FROM pg_stat_replication r JOIN pg_replication_slots s ON s.active_pid = r.pid"
                + " WHERE s.slot_name = '" + slot + "' AND coalesce(r.write_lsn - '0/0', 0) < " + lsn;
        while (!ask(behind).isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        try (postgres) {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
