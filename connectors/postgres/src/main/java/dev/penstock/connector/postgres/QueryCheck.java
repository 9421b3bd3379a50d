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

/** Tries whether a query could be read in its order. Changes nothing. */
final class QueryCheck {
    private final Connection connection;
    private final QuerySettings settings;
    private final List<Problem> problems = new ArrayList<>();

    private QueryCheck(Connection connection, QuerySettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /** Everything that is found wrong. */
    static List<Problem> of(ConnectionSettings connection, QuerySettings settings, ConnectorContext context) {
        Connections connections = new Connections(connection, context);
        QuerySessions sessions = new QuerySessions(connections, settings, context.metrics(), context.clock());
        try {
            Connection open = sessions.open();
            try {
                return new QueryCheck(open, settings).all();
            } catch (SQLException e) {
                return List.of(problem(
                        sessions.failure("Cannot read " + settings.what().shown(), open, e)));
            } finally {
                sessions.close(open);
            }
        } catch (ConfigException e) {
            return e.problems();
        } catch (ConnectorException e) {
            return List.of(problem(e));
        }
    }

    private static Problem problem(ConnectorException cause) {
        if (cause instanceof ConfigException config) {
            return config.problems().get(0);
        }
        Problem.Code code = cause instanceof RetryableException ? Problem.Code.CONNECTION : Problem.Code.INVALID;
        return Problem.error(ConnectionSettings.HOST.name(), code, String.valueOf(cause.getMessage()), "");
    }

    private List<Problem> all() throws SQLException {
        QueryShape shape = new QueryCatalog(connection, settings).describe();
        attempt(() -> QuerySettling.requireVisible(connection, settings, shape));
        warnOfSorting(new QueryStatements(settings, shape));
        return problems;
    }

    /** A part that may fail. */
    @FunctionalInterface
    private interface Part {
        void run() throws SQLException;
    }

    private void attempt(Part part) throws SQLException {
        try {
            part.run();
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
    }

    /** The server sorts, even if it is told to avoid it, where no index has the order. */
    private void warnOfSorting(QueryStatements statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET enable_sort = off; SET enable_incremental_sort = off");
            try (ResultSet plan = statement.executeQuery(statements.plan())) {
                while (plan.next()) {
                    if (plan.getString(1).strip().replaceFirst("^->\\s*", "").startsWith("Sort ")) {
                        List<String> order = statements.shape().order().names();
                        problems.add(Problem.warning(
                                QueryKeys.KEY.name(),
                                Problem.Code.INCOMPATIBLE,
                                "the server sorts what is read for each statement, as no index has the order " + order,
                                "make an index on these columns, in this order"));
                        return;
                    }
                }
            }
        }
    }
}
