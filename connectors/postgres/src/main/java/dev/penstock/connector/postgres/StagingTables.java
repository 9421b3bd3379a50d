package dev.penstock.connector.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The tables in which rows of one sink wait for their commit. */
record StagingTables(String schema, String sinkId) {
    private static final String LIST = """
            SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind = 'r' AND starts_with(c.relname, ?)""";

    /** The tables that there are. */
    List<StagingName> list(Connection connection) throws SQLException {
        List<StagingName> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LIST)) {
            statement.setString(1, schema);
            statement.setString(2, StagingName.prefix(sinkId));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    StagingName.parse(rows.getString(1)).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /** Drops those of the tables that are {@code unwanted}. */
    void drop(Connection connection, Predicate<StagingName> unwanted) throws SQLException {
        for (StagingName name : list(connection)) {
            if (unwanted.test(name)) {
                drop(connection, name.table());
            }
        }
    }

    /** Drops {@code table}, if it is there. */
    void drop(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + new TableName(schema, table).sql());
        }
    }

    /** The columns of {@code table} that are those of rows, in order; empty if there is no such table. */
    List<String> columns(Connection connection, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT attname FROM pg_catalog.pg_attribute
                WHERE attrelid = pg_catalog.to_regclass(?) AND attnum > 0 AND NOT attisdropped ORDER BY attnum""")) {
            statement.setString(1, new TableName(schema, table).sql());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
        }
        columns.removeAll(List.of(StagingLayout.NUMBER, StagingLayout.OPERATION, StagingLayout.KEPT));
        return columns;
    }
}
