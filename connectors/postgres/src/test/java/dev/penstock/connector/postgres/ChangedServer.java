package dev.penstock.connector.postgres;

import dev.penstock.local.LocalPostgres;
import dev.penstock.local.LocalPostgres.Release;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.Driver;

/** A PostgreSQL with room for many slots that the tests of changes share; each uses a table and a slot of its own. */
final class ChangedServer implements AutoCloseable {
    /** A role with the grants that the README asks for, on all that the superuser makes, and no more. */
    static final String READER = "reader";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final LocalPostgres postgres;

    ChangedServer(Release release) {
        this.postgres = LocalPostgres.start(
                release,
                Map.of(
                        "max_replication_slots",
                        "100",
                        "max_wal_senders",
                        "100",
                        "max_connections",
                        "200",
                        "max_prepared_transactions",
                        "10"));
        run(
                "CREATE ROLE " + READER + " LOGIN REPLICATION",
                "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO " + READER,
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO " + READER);
    }

    /** Hands the server to tests: the newest release. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ChangedServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(
                            ChangedServer.class, type -> new ChangedServer(Release.POSTGRES_18), ChangedServer.class);
        }
    }

    /** A name that no other test has. */
    static String name() {
        return "t" + NAMES.incrementAndGet();
    }

    LocalPostgres local() {
        return postgres;
    }

    Connection connect() throws SQLException {
        return new Driver().connect(postgres.url(), new Properties());
    }

    /** Runs statements as the superuser, each a transaction of its own. */
    void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot change a database: " + e.getMessage(), e);
        }
    }

    /** The first value that {@code sql} gives, as text. */
    String ask(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot ask a database: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
