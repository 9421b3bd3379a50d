package dev.penstock.connector.postgres;

import static java.util.Objects.requireNonNull;

import dev.penstock.local.LocalPostgres;
import dev.penstock.local.LocalPostgres.Release;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.Driver;

/** A PostgreSQL that all tests of a release share; each uses a schema of its own. */
final class Server implements AutoCloseable {
    /** A role with the grants that the README asks for, on all that the superuser makes, and no more. */
    static final String WRITER = "writer";

    private final LocalPostgres postgres;

    private Server(Release release) {
        this.postgres = LocalPostgres.start(release, Map.of("max_prepared_transactions", "0"));
        run(
                "CREATE ROLE " + WRITER + " LOGIN",
                "GRANT CREATE ON DATABASE " + postgres.database() + " TO " + WRITER,
                "ALTER DEFAULT PRIVILEGES GRANT USAGE, CREATE ON SCHEMAS TO " + WRITER,
                "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + WRITER);
    }

    /** Hands the servers to tests; they end with the last one. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Servers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            ExtensionContext.Store store = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
            return (Servers) release -> store.computeIfAbsent(release, Server::new, Server.class);
        }
    }

    /** Starts servers when they are asked for. */
    interface Servers {
        Server of(Release release);
    }

    LocalPostgres local() {
        return postgres;
    }

    Connection connect() throws SQLException {
        return requireNonNull(new Driver().connect(postgres.url(), new Properties()), "connection");
    }

    /** Runs statements as the superuser. */
    void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot prepare a database: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
