package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.data.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that reads tables and their changes again and again, while another one inserts, updates and deletes.
 * System property {@code penstock.postgres.kills} says how often, {@code penstock.postgres.seed} makes it the same
 * again.
 */
@Timeout(900)
@ExtendWith(ChangedServer.Shared.class)
class ChangeKillTest {
    private static final int KILLS = Integer.getInteger("penstock.postgres.kills", 6);
    private static final int ROWS = 20_000;
    private static final int SECOND = 1_000_000;
    private static final int LONGEST_LIFE_MILLIS = 1500;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @Test
    void whatWasReadComesToTheTableAsItIsHoweverOftenTheReaderIsKilled(ChangedServer server) throws Exception {
        String table = ChangedServer.name();
        create(server, table, 1);
        assertComesToBe(server, table, List.of(table), KILLS);
    }

    /** The second table has other ids, so that both are as one to whoever looks at what was read. */
    @Test
    void soItDoesWithSeveralTables(ChangedServer server) throws Exception {
        String schema = ChangedServer.name();
        server.run("CREATE SCHEMA " + schema);
        List<String> tables = List.of(schema + ".one", schema + ".two");
        create(server, tables.get(0), 1);
        create(server, tables.get(1), 1 + SECOND);
        assertComesToBe(server, schema + ".*", tables, KILLS);
    }

    /** Each life ends at a place of its own, whatever the speed of the machine. */
    @Test
    void itDoesWhereverTheReaderIsKilled(ChangedServer server) throws Exception {
        String table = ChangedServer.name();
        create(server, table, 1);
        provision(server, table);
        Path file = directory.resolve("log");
        long seed = Long.getLong("penstock.postgres.seed", System.nanoTime());
        try (Writer writer = new Writer(server, List.of(table), seed)) {
            for (ChangeCopier.Death death : ChangeCopier.Death.values()) {
                Process copier = start(server, table, file, death.name());
                assertThat(copier.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as("dies %s", death)
                        .isTrue();
                assertThat(copier.exitValue()).isEqualTo(ChangeCopier.DEAD);
            }
            writer.stop();
        }
        Process last = start(server, table, file);
        try {
            awaitEqual(last, new ChangeLog(file), rows(server, List.of(table)), seed);
        } finally {
            last.destroyForcibly().waitFor();
        }
    }

    /** The owner of the tables publishes them for the reader. */
    private static void provision(ChangedServer server, String tables) {
        Map<String, Object> slot = Map.of("slot", ChangeCopier.slot(tables));
        try (ChangeReading reading = ChangeReading.of(server, tables, slot)) {
            assertThat(reading.source().schema().names()).isNotEmpty();
        }
    }

    private static void create(ChangedServer server, String table, int first) {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, version int NOT NULL)",
                "INSERT INTO " + table + " SELECT i, 0 FROM generate_series(" + first + ", " + (first + ROWS - 1)
                        + ") i");
    }

    private void assertComesToBe(ChangedServer server, String read, List<String> tables, int kills) throws Exception {
        long seed = Long.getLong("penstock.postgres.seed", System.nanoTime());
        Path file = directory.resolve("log");
        Random random = new Random(seed);
        provision(server, read);
        try (Writer writer = new Writer(server, tables, random.nextLong())) {
            for (int kill = 0; kill < kills; kill++) {
                Process copier = start(server, read, file);
                copier.waitFor(kill == 0 ? 100L : random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
                copier.destroyForcibly().waitFor();
            }
            writer.stop();
        }
        Process last = start(server, read, file);
        try {
            awaitEqual(last, new ChangeLog(file), rows(server, tables), seed);
        } finally {
            last.destroyForcibly().waitFor();
        }
    }

    private static Process start(ChangedServer server, String tables, Path file, String... death) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of(String.valueOf(server.local().port()), tables, file.toString()));
        arguments.addAll(List.of(death));
        Process process = ChildJvm.start(ChangeCopier.class, "128m", arguments.toArray(String[]::new));
        // A life is counted from where reading begins.
        process.inputReader().readLine();
        return process;
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

    private static Map<Integer, Integer> rows(ChangedServer server, List<String> tables) throws SQLException {
        Map<Integer, Integer> rows = new TreeMap<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                try (ResultSet row = statement.executeQuery("SELECT id, version FROM " + table)) {
                    while (row.next()) {
                        rows.put(row.getInt(1), row.getInt(2));
                    }
                }
            }
        }
        return rows;
    }

    /** Changes rows, a few in each transaction, until it is stopped. */
    private static final class Writer implements AutoCloseable {
        private final Thread thread;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private volatile boolean stopped;

        Writer(ChangedServer server, List<String> tables, long seed) {
            thread = new Thread(() -> write(server, tables, new Random(seed)), "writer");
            thread.start();
        }

        private void write(ChangedServer server, List<String> tables, Random random) {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                while (!stopped) {
                    for (int change = random.nextInt(9); change >= 0; change--) {
                        int table = random.nextInt(tables.size());
                        int id = 1 + random.nextInt(ROWS + ROWS / 10) + table * SECOND;
                        statement.executeUpdate(
                                switch (random.nextInt(12)) {
                                    case 0, 1 -> delete(tables.get(table), id);
                                    case 2 -> move(tables.get(table), id, 1 + random.nextInt(ROWS) + table * SECOND);
                                    default -> update(tables.get(table), id);
                                });
                    }
                    connection.commit();
                }
            } catch (SQLException e) {
                failure.set(e);
            }
        }

        private static String update(String table, int id) {
            return "INSERT INTO " + table + " AS t VALUES (" + id
                    + ", 1) ON CONFLICT (id) DO UPDATE SET version = t.version + 1";
        }

        private static String delete(String table, int id) {
            return "DELETE FROM " + table + " WHERE id = " + id;
        }

        /** The row gets another key, if none has that; who reads sees a row go and another one come. */
        private static String move(String table, int id, int to) {
            return "UPDATE " + table + " SET id = " + to + ", version = 1 WHERE id = " + id
                    + " AND NOT EXISTS (SELECT FROM " + table + " WHERE id = " + to + ")";
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
