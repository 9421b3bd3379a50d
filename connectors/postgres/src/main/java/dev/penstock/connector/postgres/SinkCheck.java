package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Tries the settings of a sink against the database, and changes nothing there. */
final class SinkCheck {
    private static final String EXISTS = "SELECT pg_catalog.to_regclass(?) IS NOT NULL";
    private static final String HAS_SCHEMA = "SELECT pg_catalog.to_regnamespace(?) IS NOT NULL";
    private static final String MAY_USE_TABLE =
            "SELECT pg_catalog.has_table_privilege(?, 'SELECT')" + " AND pg_catalog.has_table_privilege(?, 'INSERT')";
    private static final String MAY_CREATE = "SELECT pg_catalog.has_schema_privilege(?, 'CREATE')";
    private static final String MAY_CREATE_SCHEMA =
            "SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), ?)";

    private final SinkSettings settings;
    private final Connection connection;
    private final List<Problem> problems = new ArrayList<>();

    private SinkCheck(SinkSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    /** Every problem that can be seen. */
    static List<Problem> of(SinkSettings settings, ConnectorContext context) {
        Connections connections = new Connections(settings.connection(), context);
        try (Connection connection = connections.open()) {
            SinkCheck check = new SinkCheck(settings, connection);
            check.table();
            check.staging();
            return check.problems;
        } catch (ConfigException e) {
            return e.problems();
        } catch (ConnectorException e) {
            return List.of(problem(e));
        } catch (SQLException e) {
            return List.of(problem(Failures.during("Cannot look at " + connections.shown(), e)));
        }
    }

    private static Problem problem(ConnectorException cause) {
        Problem.Code code = cause instanceof RetryableException ? Problem.Code.CONNECTION : Problem.Code.INVALID;
        return Problem.error(ConnectionSettings.HOST.name(), code, String.valueOf(cause.getMessage()), "");
    }

    private void table() throws SQLException {
        TableName table = settings.table();
        String schema = Sql.name(table.schema());
        if (!ask(HAS_SCHEMA, schema)) {
            add(Problem.Code.NOT_FOUND, "schema '" + table.schema() + "' does not exist", "create it");
        } else if (!mayUseSchema(table.schema())) {
            add(Problem.Code.PRIVILEGE, "the role may not use schema '" + table.schema() + "'", "grant USAGE on it");
        } else if (ask(EXISTS, table.sql())) {
            if (!ask(MAY_USE_TABLE, table.sql(), table.sql())) {
                add(
                        Problem.Code.PRIVILEGE,
                        "the role may not write to table '" + table + "'",
                        "grant SELECT and INSERT on it, and for upserts UPDATE and DELETE");
            }
        } else if (!settings.createTable()) {
            add(
                    Problem.Code.NOT_FOUND,
                    "table '" + table + "' does not exist",
                    "create it, correct 'table', or set create-table: true");
        } else if (!ask(MAY_CREATE, table.schema())) {
            add(
                    Problem.Code.PRIVILEGE,
                    "the role may not create tables in schema '" + table.schema() + "'",
                    "grant CREATE on it, or create the table");
        }
    }

    private boolean mayUseSchema(String schema) throws SQLException {
        return ask("SELECT pg_catalog.has_schema_privilege(?, 'USAGE')", schema);
    }

    private void staging() throws SQLException {
        String schema = Sql.name(settings.stagingSchema());
        boolean isThere = ask(HAS_SCHEMA, schema);
        if (isThere ? !ask(MAY_CREATE, settings.stagingSchema()) : !ask(MAY_CREATE_SCHEMA, "CREATE")) {
            problems.add(Problem.error(
                    SinkSettings.STAGING_SCHEMA.name(),
                    Problem.Code.PRIVILEGE,
                    "the role may not create " + (isThere ? "tables in schema '" : "schema '")
                            + settings.stagingSchema() + "'",
                    "let somebody run CREATE SCHEMA " + schema + " AUTHORIZATION with the role of the pipeline"));
        }
    }

    private void add(Problem.Code code, String reason, String remedy) {
        problems.add(Problem.error(SinkSettings.TABLE.name(), code, reason, remedy));
    }

    private boolean ask(String question, String... about) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            for (int i = 0; i < about.length; i++) {
                statement.setString(i + 1, about[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
