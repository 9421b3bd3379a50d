package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.Source;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;
import org.slf4j.Logger;

/**
 * Reading a query in a process that is killed. System property {@code penstock.postgres.query.kills} says how often,
 * {@code penstock.postgres.seed} makes it the same again.
 */
@Timeout(600)
@ExtendWith(ChangedServer.Shared.class)
final class QueryKillTest {
    private static final int KILLS = Integer.getInteger("penstock.postgres.query.kills", 3);
    private static final int LONGEST_LIFE_MILLIS = 900;
    private static final int ROWS = 5000;
    private static final int SHORT_STEPS = 5;
    private static final int LONG_STEPS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final ChangedServer server;
    private final String table = ChangedServer.name();

    QueryKillTest(ChangedServer server) {
        this.server = server;
    }

    /** Rows are changed and committed in any order meanwhile; each version that is left was read exactly once. */
    @Test
    void givesEachRowAsItIsOnceHoweverOftenItIsKilled() throws Exception {
        server.run(
                "CREATE TABLE " + table
                        + " (id int PRIMARY KEY, version int NOT NULL, at timestamptz NOT NULL DEFAULT now())",
                "INSERT INTO " + table + " SELECT i, 0 FROM generate_series(1, " + ROWS + ") i",
                "CREATE INDEX ON " + table + " (at, id)");
        Random random = new Random(Long.getLong("penstock.postgres.seed", System.nanoTime()));
        try (Changes changes = new Changes(server, table, random.nextLong())) {
            for (int kill = 0; kill < KILLS; kill++) {
                Process copier = copier();
                copier.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
                copier.destroyForcibly().waitFor();
            }
            Process last = copier();
            try {
                awaitNews(last);
                changes.stop();
                awaitAll(last);
            } finally {
                last.destroyForcibly().waitFor();
            }
        }
    }

    /** Waits until rows were read that came while it was reading. */
    private void awaitNews(Process reading) throws IOException, InterruptedException {
        int last = Integer.parseInt(server.ask("SELECT max(id) FROM " + table)) + LONG_STEPS;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (read().stream().noneMatch(row -> Integer.parseInt(row.split("/", 2)[0]) > last)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            assertThat(reading.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private void awaitAll(Process reading) throws IOException, InterruptedException {
        Set<String> expected = Set.copyOf(versions());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> read = read();
        while (!read.containsAll(expected) && System.nanoTime() < deadline) {
            assertThat(reading.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
            read = read();
        }
        assertThat(read).containsAll(expected);
        assertThat(read).doesNotHaveDuplicates();
    }

    private List<String> versions() {
        return List.of(server.ask("SELECT string_agg(id || '/' || version, ' ') FROM " + table)
                .split(" ", -1));
    }

    private List<String> read() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int index = 1; index <= QueryCopier.PARTITIONS; index++) {
            Path file = QueryCopier.file(directory.resolve("log").toString(), "range-" + index);
            new ChangeLog(file).read().entries().forEach(row -> rows.add(row.id() + "/" + row.version()));
        }
        return rows;
    }

    private Process copier() throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        classPath(),
                        QueryCopier.class.getName(),
                        String.valueOf(server.local().port()),
                        table,
                        directory.resolve("log").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // A life is counted from where reading begins.
        process.inputReader().readLine();
        return process;
    }

    /** Where the classes are that the reader needs. */
    private static String classPath() {
        return Stream.of(
                        QueryCopier.class,
                        PostgresQueryConnector.class,
                        KitContext.class,
                        Source.class,
                        Driver.class,
                        Logger.class,
                        Nullable.class)
                .map(type -> new File(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Two connections that change rows in transactions which overlap, until they are stopped. */
    private static final class Changes implements AutoCloseable {
        private final ChangedServer server;
        private final String table;
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean stopped;
        private volatile @Nullable Exception failure;

        Changes(ChangedServer server, String table, long seed) {
            this.server = server;
            this.table = table;
            for (int half = 0; half < 2; half++) {
                int rest = half;
                Thread thread = new Thread(() -> run(new Random(seed + rest), rest), "changes-" + half);
                threads.add(thread);
                thread.start();
            }
        }

        /** Each changes rows of its own, so that neither waits for the other. */
        private void run(Random random, int rest) {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                int next = ROWS + 2 + rest;
                // Short transactions begin and end while a long one is open.
                int longest = rest == 0 ? SHORT_STEPS : LONG_STEPS;
                while (!stopped) {
                    for (int step = random.nextInt(longest); step >= 0; step--) {
                        int id = 2 * random.nextInt(ROWS / 2) + rest;
                        statement.execute(
                                "UPDATE " + table + " SET version = version + 1, at = now() WHERE id = " + id);
                        statement.execute("INSERT INTO " + table + " VALUES (" + next + ", 0)");
                        next += 2;
                    }
                    connection.commit();
                }
            } catch (SQLException e) {
                failure = e;
            }
        }

        void stop() throws InterruptedException {
            stopped = true;
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failure).isNull();
        }

        @Override
        public void close() {
            stopped = true;
        }
    }
}
