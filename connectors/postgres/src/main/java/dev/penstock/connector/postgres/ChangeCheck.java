package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Tries whether changes could be read. Changes nothing. */
final class ChangeCheck {
    private static final String ALLOWED =
            "SELECT rolsuper OR rolreplication FROM pg_catalog.pg_roles" + " WHERE rolname = current_user";

    private final ChangeServer server;
    private final ChangeSettings settings;
    private final Connection connection;
    private final List<Problem> problems = new ArrayList<>();

    private ChangeCheck(Connection connection, ChangeSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.server = new ChangeServer(connection, settings);
    }

    /** Everything that is found wrong. */
    static List<Problem> of(ConnectionSettings connection, ChangeSettings settings, ConnectorContext context) {
        try (Connection open = new Connections(connection, context).open()) {
            return new ChangeCheck(open, settings).all();
        } catch (ConfigException e) {
            return e.problems();
        } catch (SQLException e) {
            return List.of(problem(Failures.during("Cannot check the settings", e)));
        } catch (ConnectorException e) {
            return List.of(problem(e));
        }
    }

    private static Problem problem(ConnectorException cause) {
        Problem.Code code = cause instanceof RetryableException ? Problem.Code.CONNECTION : Problem.Code.INVALID;
        return Problem.error(ConnectionSettings.HOST.name(), code, String.valueOf(cause.getMessage()), "");
    }

    /** A part that may fail. */
    @FunctionalInterface
    private interface Part {
        void run() throws SQLException;
    }

    private List<Problem> all() throws SQLException {
        attempt(server::requireLogical);
        attempt(this::requireReplication);
        attempt(this::requireSelect);
        if (ReplicationSlot.find(connection, settings.slot()).isPresent()) {
            attempt(server::requireSlot);
        }
        return problems;
    }

    private void attempt(Part part) throws SQLException {
        try {
            part.run();
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
    }

    private void requireReplication() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ALLOWED)) {
            if (row.next() && !row.getBoolean(1)) {
                problems.add(Problem.error(
                        ConnectionSettings.USER.name(),
                        Problem.Code.PRIVILEGE,
                        "the role may not read a replication slot",
                        "ALTER ROLE … REPLICATION, see the grants in the README"));
            }
        }
    }

    private void requireSelect() throws SQLException {
        for (ChangedTable table : server.tables()) {
            if (settings.snapshot() == ChangeSettings.Snapshot.INITIAL) {
                attempt(() -> server.requireKey(table));
                select(table);
            }
        }
    }

    private void select(ChangedTable table) {
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("SELECT FROM " + table.name().sql() + " LIMIT 0")
                    .close();
        } catch (SQLException e) {
            problems.add(problem(Failures.during("Cannot read table '" + table.name() + "'", e)));
        }
    }
}
