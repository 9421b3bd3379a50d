package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.local.LocalPostgres.Release;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.SourcePartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that lets nobody in without TLS: one role proves itself with a password by SCRAM, another one with a
 * certificate.
 */
@Timeout(120)
final class TlsTest {
    private static final String PASSWORD = "canary-of-tls";
    /** The superuser is that of tests, who prepares tables. */
    private static final String ACCESS = """
            host all postgres 127.0.0.1/32 trust
            hostssl all reader 127.0.0.1/32 scram-sha-256
            hostssl all certified 127.0.0.1/32 cert
            """;

    @TempDir
    static Path directory;

    private static ChangedServer server;
    private static Authority own;
    private static Authority other;
    private static Authority.Signed client;

    private final String table = ChangedServer.name();

    @BeforeAll
    static void start() throws IOException {
        own = new Authority(directory, "own");
        other = new Authority(directory, "other");
        client = own.sign("certified", "dns:certified");
        Authority.Signed shown = own.sign("server", "ip:127.0.0.1");
        server = new ChangedServer(Release.POSTGRES_18);
        Path data = server.local().directory().resolve("data");
        give(own.certificate(), data.resolve("authority.crt"));
        give(shown.certificate(), data.resolve("server.crt"));
        give(shown.key(), data.resolve("server.key"));
        Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
        server.local().restart(Map.of("ssl", "on", "ssl_ca_file", "authority.crt"));
        server.run(
                "SET password_encryption = 'scram-sha-256'; ALTER ROLE reader PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE certified LOGIN REPLICATION IN ROLE reader");
    }

    /** The server reads its key only if nobody else can, and runs as the owner of its directory. */
    private static void give(Path from, Path to) throws IOException {
        Files.copy(from, to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
        Files.setOwner(to, Files.getOwner(to.getParent()));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void readsWhatIsThereAndWhatChangesFromAServerThatItHasVerified() {
        Map<String, Object> settings = settings("verify-full", own);
        try (ChangeReading reading = reading(settings)) {
            SourcePartition partition = reading.partition(Optional.empty());
            assertThat(ChangeReading.rows(partition, 1).texts()).containsExactly("READ{id=1}");
            server.run("INSERT INTO " + table + " VALUES (2)");
            assertThat(ChangeReading.rows(partition, 1).texts()).containsExactly("INSERT{id=2}");
            assertThat(server.ask("SELECT bool_and(ssl) || ' ' || bool_or(backend_type = 'walsender')"
                            + " FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'reader'"))
                    .isEqualTo("true true");
        }
    }

    @Test
    void readsWithACertificateAndNoPassword() {
        Map<String, Object> settings = settings("verify-full", own);
        settings.put("user", "certified");
        settings.remove("password");
        settings.put("tls-certificate", client.certificate().toString());
        settings.put("tls-key", client.key().toString());
        try (ChangeReading reading = reading(settings)) {
            assertThat(ChangeReading.rows(reading.partition(Optional.empty()), 1)
                            .texts())
                    .containsExactly("READ{id=1}");
        }
    }

    @Test
    void findsASinkReadyOnAServerThatItHasVerified() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY)",
                "GRANT INSERT, UPDATE, DELETE ON " + table + " TO reader",
                "GRANT CREATE ON DATABASE postgres TO reader");
        Map<String, Object> settings = ChangeReading.settings(server, table, settings("verify-full", own));
        SinkSettings sink = new SinkSettings(
                ConnectionSettings.of(ChangeKeys.SPEC.parse(settings).orThrow()),
                new TableName("public", table),
                false,
                false,
                "waiting");
        assertThat(SinkCheck.of(sink, TestContext.INSTANCE)).isEmpty();
    }

    @Test
    void refusesAServerThatAnotherAuthorityVouchesFor() {
        for (String mode : List.of("verify-full", "verify-ca")) {
            assertThat(failure(settings(mode, other)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Cannot connect to")
                    .hasMessageContaining("correct 'tls' and the files beside it");
        }
    }

    @Test
    void refusesAServerOfAnotherNameUnlessOnlyItsAuthorityCounts() {
        Map<String, Object> named = settings("verify-full", own);
        named.put("host", "localhost");
        assertThat(failure(named))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("localhost")
                .hasMessageContaining("correct 'tls' and the files beside it");
        named.put("tls", "verify-ca");
        assertThat(failure(named)).isNull();
    }

    @Test
    void saysWhichFileOfAuthoritiesIsNotThere() {
        Map<String, Object> settings = settings("verify-ca", own);
        settings.put("tls-authorities", directory.resolve("nowhere.crt").toString());
        assertThat(failure(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nowhere.crt")
                .hasMessageContaining("correct 'tls' and the files beside it");
    }

    @Test
    void isRefusedWithoutTlsAndWithAWrongPassword() {
        assertThat(failure(Map.of("user", "reader", "password", PASSWORD, "tls", "disable")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no encryption");
        Map<String, Object> wrong = settings("verify-full", own);
        wrong.put("password", "wrong");
        assertThat(failure(wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("correct 'user' and 'password'")
                .hasMessageNotContaining(PASSWORD);
    }

    private ChangeReading reading(Map<String, Object> settings) {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)", "INSERT INTO " + table + " VALUES (1)");
        return ChangeReading.of(server, table, settings);
    }

    private Throwable failure(Map<String, Object> settings) {
        server.run("CREATE TABLE IF NOT EXISTS " + table + " (id int PRIMARY KEY)");
        return catchThrowable(
                () -> ChangeReading.opened(server, table, settings).close());
    }

    private static Map<String, Object> settings(String mode, Authority authority) {
        return new HashMap<>(Map.of(
                "user",
                "reader",
                "password",
                PASSWORD,
                "tls",
                mode,
                "tls-authorities",
                authority.certificate().toString()));
    }
}
