package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Operation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds rows that wait and would break a unique key of their target, or refer to what is not there, as things stand
 * now; and takes them out.
 */
final class RowGuard {
    private final Connection connection;
    private final String select;
    private final String delete;
    private final List<String> reasons = new ArrayList<>();

    RowGuard(Connection connection, StagingLayout layout, TableName waiting) {
        this.connection = connection;
        String number = Sql.name(StagingLayout.NUMBER);
        List<String> questions = new ArrayList<>();
        for (List<String> key : layout.guardedKeys()) {
            questions.add("EXISTS (SELECT 1 FROM " + layout.target().name().sql() + " t WHERE "
                    + equal(key, layout, key) + ")");
            reasons.add("table '" + layout.target().name() + "' has a row with the same " + String.join(", ", key));
        }
        for (SinkTable.Reference reference : layout.guardedReferences()) {
            String isGiven = reference.columns().stream()
                    .map(column -> "w." + Sql.name(column) + " IS NOT NULL")
                    .collect(Collectors.joining(" AND "));
            questions.add("(" + isGiven + " AND NOT EXISTS (SELECT 1 FROM "
                    + reference.table().sql() + " t WHERE " + equal(reference.keys(), layout, reference.columns())
                    + "))");
            reasons.add("'" + reference.name() + "' is broken: table '" + reference.table() + "' has no row with that "
                    + String.join(", ", reference.columns()));
        }
        StringBuilder which = new StringBuilder("CASE");
        for (int i = 0; i < questions.size(); i++) {
            which.append(" WHEN ").append(questions.get(i)).append(" THEN ").append(i);
        }
        select = "SELECT number, reason FROM (SELECT w." + number + " AS number, " + which + " END AS reason FROM "
                + waiting.sql() + " w WHERE w." + number + " >= ?" + notDeleted(layout)
                + ") q WHERE reason IS NOT NULL";
        delete = "DELETE FROM " + waiting.sql() + " WHERE " + number + " = ANY (?)";
    }

    private static String notDeleted(StagingLayout layout) {
        return layout.isUpsert()
                ? " AND w." + Sql.name(StagingLayout.OPERATION) + " <> " + Operation.DELETE.code()
                : "";
    }

    private static String equal(List<String> columns, StagingLayout layout, List<String> waiting) {
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            terms.add("t." + Sql.name(columns.get(i)) + " = " + layout.value("w", waiting.get(i)));
        }
        return String.join(" AND ", terms);
    }

    /** Takes out what must not stay of the rows numbered from {@code firstNumber} on, and rejects it. */
    void check(long firstNumber, Rejections rejections) throws SQLException {
        List<Long> broken = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setLong(1, firstNumber);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    broken.add(rows.getLong(1));
                    rejections.add((int) (rows.getLong(1) - firstNumber), reasons.get(rows.getInt(2)));
                }
            }
        }
        if (!broken.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(delete)) {
                statement.setArray(1, connection.createArrayOf("int8", broken.toArray()));
                statement.executeUpdate();
            }
        }
    }
}
