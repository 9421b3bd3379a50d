package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.PGResultSetMetaData;

/**
 * The columns of the result of a query. Those that come from a table are what they are there; of others the server says
 * the type.
 *
 * @param connection to ask the server
 */
record QueryColumns(Connection connection, QuerySettings settings) {
    private static final int NUMERIC = 1700;
    private static final int NO_MODIFIER = -1;
    /** What the server adds to modifiers of numbers. */
    private static final int MODIFIER_OFFSET = 4;

    private static final int SCALE_MASK = 0x7ff;
    private static final String ORIGIN = """
            SELECT a.atttypid, a.atttypmod, a.attndims
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND a.attname = ? AND a.attnum > 0""";

    /** A column, with its type as the catalog has it. */
    record Column(String name, int type, int modifier, int dimensions) {}

    /** A column, and where it comes from; empty texts if from no table. */
    private record Origin(String name, String schema, String table, String column, int modifier) {}

    /** All columns, in their order. */
    List<Column> all() throws SQLException {
        List<Origin> origins = origins();
        requireNames(origins);
        List<Integer> types = types(origins);
        List<Column> columns = new ArrayList<>();
        for (int index = 0; index < origins.size(); index++) {
            columns.add(column(origins.get(index), types.get(index)));
        }
        return columns;
    }

    private List<Origin> origins() throws SQLException {
        List<Origin> origins = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery(
                        "SELECT * FROM " + QueryStatements.from(settings.what()) + " WHERE false")) {
            ResultSetMetaData columns = none.getMetaData();
            PGResultSetMetaData origin = columns.unwrap(PGResultSetMetaData.class);
            for (int index = 1; index <= columns.getColumnCount(); index++) {
                origins.add(new Origin(
                        columns.getColumnName(index),
                        origin.getBaseSchemaName(index),
                        origin.getBaseTableName(index),
                        origin.getBaseColumnName(index),
                        modifier(columns.getPrecision(index), columns.getScale(index))));
            }
        }
        return origins;
    }

    private static int modifier(int precision, int scale) {
        return precision <= 0 ? NO_MODIFIER : ((precision << 16) | (scale & SCALE_MASK)) + MODIFIER_OFFSET;
    }

    private void requireNames(List<Origin> origins) {
        Set<String> seen = new HashSet<>();
        for (Origin origin : origins) {
            if (!seen.add(origin.name())) {
                throw new ConfigException(
                        QueryKeys.QUERY.name(),
                        Problem.Code.INVALID,
                        "two columns of its result are called '" + origin.name() + "'",
                        "rename one with AS");
            }
        }
    }

    /** A row without values has types all the same. */
    private List<Integer> types(List<Origin> origins) throws SQLException {
        String asked = origins.stream()
                .map(origin -> "pg_catalog.pg_typeof(penstock_query." + Sql.name(origin.name()) + ")::oid")
                .collect(Collectors.joining(", "));
        List<Integer> types = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + asked + " FROM (SELECT) one LEFT JOIN "
                        + QueryStatements.from(settings.what()) + " ON false")) {
            row.next();
            for (int index = 1; index <= origins.size(); index++) {
                types.add((int) row.getLong(index));
            }
        }
        return types;
    }

    private Column column(Origin origin, int type) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ORIGIN)) {
            statement.setString(1, origin.schema());
            statement.setString(2, origin.table());
            statement.setString(3, origin.column());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next() && (int) row.getLong(1) == type) {
                    return new Column(origin.name(), type, row.getInt(2), row.getInt(3));
                }
            }
        }
        return new Column(origin.name(), type, type == NUMERIC ? origin.modifier() : NO_MODIFIER, 1);
    }
}
