package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.Source;
import dev.penstock.spi.data.Operation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/**
 * Kills a process that reads a table and its changes again and again, while another one inserts, updates and deletes.
 * System property {@code penstock.postgres.kills} says how often, {@code penstock.postgres.seed} makes it the same
 * again.
 */
@Timeout(900)
@ExtendWith(ChangedServer.Shared.class)
class ChangeKillTest {
    private static final int KILLS = Integer.getInteger("penstock.postgres.kills", 6);
    private static final int ROWS = 20_000;
    private static final int LONGEST_LIFE_MILLIS = 1500;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @Test
    void whatWasReadComesToTheTableAsItIsHoweverOftenTheReaderIsKilled(ChangedServer server) throws Exception {
        String table = ChangedServer.name();
        long seed = Long.getLong("penstock.postgres.seed", System.nanoTime());
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, version int NOT NULL)",
                "INSERT INTO " + table + " SELECT i, 0 FROM generate_series(1, " + ROWS + ") i");
        Path file = directory.resolve("log");
        Random random = new Random(seed);
        try (Writer writer = new Writer(server, table, random.nextLong())) {
            for (int kill = 0; kill < KILLS; kill++) {
                Process copier = start(server, table, file);
                copier.waitFor(kill == 0 ? 100L : random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
                copier.destroyForcibly().waitFor();
            }
            writer.stop();
        }
        Process last = start(server, table, file);
        try {
            awaitEqual(last, new ChangeLog(file), table(server, table), seed);
        } finally {
            last.destroyForcibly().waitFor();
        }
    }

    private static Process start(ChangedServer server, String table, Path file) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        classPath(),
                        ChangeCopier.class.getName(),
                        String.valueOf(server.local().port()),
                        table,
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // A life is counted from where reading begins.
        process.inputReader().readLine();
        return process;
    }

    /** Where the classes are that the reader needs. */
    private static String classPath() {
        return Stream.of(
                        ChangeCopier.class,
                        PostgresConnector.class,
                        KitContext.class,
                        Source.class,
                        Driver.class,
                        Nullable.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void awaitEqual(Process reader, ChangeLog log, Map<Integer, Integer> table, long seed)
            throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<Integer, Integer> folded = fold(log, seed);
        while (!folded.equals(table) && System.nanoTime() < deadline) {
            reader.waitFor(100, TimeUnit.MILLISECONDS);
            folded = fold(log, seed);
        }
        assertThat(folded).as("what was read, seed %d", seed).isEqualTo(table);
    }

    /** Each change is the one after what is known of its row, so that none is missing, twice or out of turn. */
    private static Map<Integer, Integer> fold(ChangeLog log, long seed) throws IOException {
        Map<Integer, Integer> rows = new TreeMap<>();
        Map<Integer, Integer> known = new HashMap<>();
        for (ChangeLog.Entry entry : log.read().entries()) {
            Integer before = known.get(entry.id());
            int version = entry.operation() == Operation.DELETE ? 0 : entry.version();
            if (before != null && entry.operation() != Operation.DELETE) {
                int expected = entry.operation() == Operation.READ ? before : before + 1;
                assertThat(version)
                        .as("version of %s after %d, seed %d", entry, before, seed)
                        .isEqualTo(expected);
            }
            if (entry.operation() == Operation.DELETE) {
                rows.remove(entry.id());
                known.remove(entry.id());
            } else {
                rows.put(entry.id(), version);
                known.put(entry.id(), version);
            }
        }
        return rows;
    }

    private static Map<Integer, Integer> table(ChangedServer server, String table) throws SQLException {
        Map<Integer, Integer> rows = new TreeMap<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, version FROM " + table)) {
            while (row.next()) {
                rows.put(row.getInt(1), row.getInt(2));
            }
        }
        return rows;
    }

    /** Changes rows, a few in each transaction, until it is stopped. */
    private static final class Writer implements AutoCloseable {
        private final Thread thread;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private volatile boolean stopped;

        Writer(ChangedServer server, String table, long seed) {
            thread = new Thread(() -> write(server, table, new Random(seed)), "writer");
            thread.start();
        }

        private void write(ChangedServer server, String table, Random random) {
            try (Connection connection = server.connect();
                    PreparedStatement update = connection.prepareStatement("INSERT INTO " + table
                            + " VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET version = " + table + ".version + 1");
                    PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table + " WHERE id = ?")) {
                connection.setAutoCommit(false);
                while (!stopped) {
                    for (int change = random.nextInt(9); change >= 0; change--) {
                        PreparedStatement statement = random.nextInt(6) == 0 ? delete : update;
                        statement.setInt(1, 1 + random.nextInt(ROWS + ROWS / 10));
                        statement.executeUpdate();
                    }
                    connection.commit();
                }
            } catch (SQLException e) {
                failure.set(e);
            }
        }

        void stop() throws InterruptedException {
            stopped = true;
            thread.join();
            assertThat(failure).hasValue(null);
        }

        @Override
        public void close() {
            stopped = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
