package dev.penstock.connector.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Cuts what can be read into ranges.
 *
 * @param connection to ask the server
 */
record QueryRanges(Connection connection, QuerySettings settings, QueryStatements statements) {
    /** The plan of {@code round}, which begins at {@code from}. */
    QueryPlan plan(long round, QueryEdge from) throws SQLException {
        boolean follow = settings.reading().follow();
        // A run that does not go on has what there is now; its readers wait for as long as it takes.
        Duration delay = follow ? settings.policies().delay() : Duration.ZERO;
        boolean isNeeded = !follow || settings.reading().partitions() > 1;
        Optional<QueryEdge> end =
                isNeeded ? new QueryHorizon(settings).find(connection, statements, from, delay) : Optional.empty();
        List<QueryEdge> starts = starts(from, end);
        return new QueryPlan(round, starts, follow ? Optional.empty() : Optional.of(end.orElse(from)));
    }

    /** Where there are fewer values than ranges, the first ranges are empty. */
    private List<QueryEdge> starts(QueryEdge from, Optional<QueryEdge> end) throws SQLException {
        int count = settings.reading().partitions();
        List<QueryEdge> cuts = count > 1 && end.isPresent() ? cuts(from, end.get(), count - 1) : List.of();
        List<QueryEdge> starts = new ArrayList<>(Collections.nCopies(count - cuts.size(), from));
        starts.addAll(cuts);
        return starts;
    }

    private List<QueryEdge> cuts(QueryEdge from, QueryEdge end, int count) throws SQLException {
        List<QueryEdge> cuts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(statements.cuts(from, end, count))) {
            while (row.next()) {
                cuts.add(QueryEdge.after(List.of(row.getString(1))));
            }
        }
        return cuts;
    }
}
