package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.QueryOrder.Growth;
import dev.penstock.connector.postgres.QuerySettings.OpenTransactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a query can be read: up to a place that rows of transactions that begin from now on are behind.
 *
 * @param settings say whether that counts
 */
record QueryHorizon(QuerySettings settings) {
    /** How the place is found. */
    private Growth growth(QueryOrder order) {
        return settings.policies().open() == OpenTransactions.IGNORE ? Growth.VALUES : order.growth();
    }

    /** Whether transactions that are open may add rows before the place. */
    boolean isOpen(QueryOrder order) {
        return settings.policies().open() != OpenTransactions.IGNORE && order.growth() != Growth.TRANSACTION;
    }

    /**
     * The place; empty if nothing can be between it and {@code low}.
     *
     * @param delay how long ago it is to be if it is a time
     */
    Optional<QueryEdge> find(Connection connection, QueryStatements statements, QueryEdge low, Duration delay)
            throws SQLException {
        QueryOrder order = statements.shape().order();
        if (growth(order) == Growth.VALUES) {
            List<String> last = row(connection, statements.last(low));
            return last.isEmpty() ? Optional.empty() : Optional.of(QueryEdge.after(last));
        }
        List<String> found = row(connection, statements.horizon(low, delay));
        return found.get(1).equals("t") ? Optional.of(QueryEdge.before(found.get(0))) : Optional.empty();
    }

    /** Whether nobody's clock is before {@code edge} any more. */
    boolean isPast(Connection connection, QueryStatements statements, QueryEdge edge) throws SQLException {
        boolean isTime = growth(statements.shape().order()) == Growth.TIME;
        return !isTime
                || row(connection, statements.isPast(edge, settings.policies().delay()))
                        .get(0)
                        .equals("t");
    }

    /** The first row that {@code sql} gives, as text; empty if there is none. */
    static List<String> row(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int count = row.getMetaData().getColumnCount();
            if (row.next()) {
                for (int column = 1; column <= count; column++) {
                    texts.add(String.valueOf(row.getString(column)));
                }
            }
        }
        return texts;
    }
}
