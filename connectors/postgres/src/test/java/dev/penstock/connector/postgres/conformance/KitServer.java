package dev.penstock.connector.postgres.conformance;

import static java.util.Objects.requireNonNull;

import dev.penstock.local.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.Driver;

/** A PostgreSQL that asks roles for passwords: the pipeline has the grants of the README, the guest none. */
final class KitServer implements AutoCloseable {

    private final LocalPostgres postgres;

    private KitServer() {
        postgres = LocalPostgres.start(LocalPostgres.Release.POSTGRES_18, Map.of("max_prepared_transactions", "0"));
        askForPasswords();
        execute(
                KitAccess.USER.create(""),
                KitAccess.GUEST.create(""),
                "GRANT CREATE ON DATABASE postgres TO " + KitAccess.USER.name());
    }

    /** Gives all tests one server, which ends with the last. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == KitServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(KitServer.class, type -> new KitServer(), KitServer.class);
        }
    }

    private void askForPasswords() {
        Path rules = postgres.directory().resolve("data").resolve("pg_hba.conf");
        try {
            Files.writeString(rules, """
                    host all postgres 127.0.0.1/32 trust
                    host all all 127.0.0.1/32 scram-sha-256
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        execute("SELECT pg_reload_conf()");
    }

    KitAccess access() {
        return new KitAccess(postgres.port(), postgres.database());
    }

    /** A connection of the superuser. */
    Connection connect() {
        try {
            return requireNonNull(new Driver().connect(postgres.url(), new Properties()), "connection");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements as the superuser. */
    void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
