package dev.penstock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.local.LocalPostgres.Release;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts real servers. */
@Timeout(180)
class LocalPostgresTest {
    @ParameterizedTest
    @EnumSource
    void isReadyForLogicalReplicationWhenStarted(Release release) throws SQLException {
        try (LocalPostgres postgres = LocalPostgres.start(release, Map.of())) {
            assertThat(answer(postgres, "SHOW server_version")).startsWith(release.major() + ".");
            assertThat(answer(postgres, "SELECT slot_name FROM pg_create_logical_replication_slot('s', 'pgoutput')"))
                    .isEqualTo("s");
        }
    }

    @Test
    void keepsItsDataOverAKillAndARestartWithOtherSettings() throws SQLException {
        Path directory;
        try (LocalPostgres postgres = LocalPostgres.start()) {
            directory = Path.of(answer(postgres, "SHOW data_directory"));
            answer(postgres, "CREATE TABLE kept AS SELECT 42 AS id");
            postgres.kill();
            assertThat(catchThrowable(() -> answer(postgres, "SELECT 1"))).isInstanceOf(SQLException.class);
            postgres.restart(Map.of("work_mem", "5MB"));
            assertThat(answer(postgres, "SELECT id FROM kept")).isEqualTo("42");
            assertThat(answer(postgres, "SHOW work_mem")).isEqualTo("5MB");
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void endsWithItsParent() throws IOException, InterruptedException {
        Process parent = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader reader = parent.inputReader()) {
            ProcessHandle server =
                    ProcessHandle.of(Long.parseLong(reader.readLine())).orElseThrow();
            Path directory = Path.of(reader.readLine());
            parent.destroyForcibly();
            assertThat(server.onExit()).succeedsWithin(30, TimeUnit.SECONDS);
            Directories.delete(directory);
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void saysWhatTheServerSaidIfItDoesNotStart() {
        assertThat(catchThrowable(() -> LocalPostgres.start(Release.POSTGRES_18, Map.of("wal_level", "none"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("invalid value for parameter \"wal_level\"");
    }

    private static String answer(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            ResultSet rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }

    /** Starts a server, says which, and waits to be killed. */
    public static final class Owner {
        private Owner() {}

        /** Runs until it is killed. */
        public static void main(String[] args) throws InterruptedException {
            LocalPostgres postgres = LocalPostgres.start();
            System.out.println(postgres.pid());
            System.out.println(postgres.directory());
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
