package dev.penstock.connector.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a publication publishes of one table.
 *
 * @param columns the names of the columns that are published; empty if the table is not part of it
 * @param changes whether updates and deletes are published
 */
record Publication(List<String> columns, boolean changes) {
    private static final int COLUMN_LISTS = 15;

    Publication {
        columns = List.copyOf(columns);
    }

    boolean hasTable() {
        return !columns.isEmpty();
    }

    /** The publication {@code name} as it is, if there is one. */
    static Optional<Publication> find(Connection connection, String name, TableName table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pubupdate OR pubdelete FROM pg_catalog.pg_publication WHERE pubname = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Publication(columns(connection, name, table), row.getBoolean(1)))
                        : Optional.empty();
            }
        }
    }

    /** Whether there is a publication {@code name}. */
    static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT FROM pg_catalog.pg_publication WHERE pubname = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static List<String> columns(Connection connection, String name, TableName table) throws SQLException {
        boolean lists = connection.getMetaData().getDatabaseMajorVersion() >= COLUMN_LISTS;
        String columns = lists
                ? "p.attnames::text[]"
                : "(SELECT array_agg(a.attname::text) FROM pg_catalog.pg_attribute a"
                        + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = p.schemaname AND c.relname = p.tablename"
                        + " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '')";
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + columns
                + " FROM pg_catalog.pg_publication_tables p WHERE p.pubname = ? AND p.schemaname = ?"
                + " AND p.tablename = ?")) {
            statement.setString(1, name);
            statement.setString(2, table.schema());
            statement.setString(3, table.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Arrays.asList((String[]) row.getArray(1).getArray()) : List.of();
            }
        }
    }

    /** The tables that the publication {@code name} has, in the order of their names; none if there is no such one. */
    static List<TableName> tables(Connection connection, String name) throws SQLException {
        return ids(connection, name).values().stream().sorted().toList();
    }

    /** The tables that the publication {@code name} has, by their object ids. */
    static Map<Integer, TableName> ids(Connection connection, String name) throws SQLException {
        Map<Integer, TableName> tables = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT c.oid, p.schemaname, p.tablename FROM pg_catalog.pg_publication_tables p"
                        + " JOIN pg_catalog.pg_namespace n ON n.nspname = p.schemaname"
                        + " JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename"
                        + " WHERE p.pubname = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tables.put((int) row.getLong(1), new TableName(row.getString(2), row.getString(3)));
                }
            }
        }
        return tables;
    }

    /** Makes the publication {@code name} of {@code tables}, which may be none. */
    static void create(Connection connection, String name, List<TableName> tables) throws SQLException {
        String names = tables.stream().map(TableName::sql).collect(Collectors.joining(", "));
        execute(
                connection,
                "CREATE PUBLICATION " + Sql.name(name) + (names.isEmpty() ? "" : " FOR TABLE " + names)
                        + " WITH (publish_via_partition_root = true)");
    }

    /** Adds {@code table} to the publication {@code name}. */
    static void add(Connection connection, String name, TableName table) throws SQLException {
        execute(connection, "ALTER PUBLICATION " + Sql.name(name) + " ADD TABLE " + table.sql());
    }

    /** Removes the publication {@code name}, which must be there. */
    static void drop(Connection connection, String name) throws SQLException {
        execute(connection, "DROP PUBLICATION " + Sql.name(name));
    }

    /** What is written on the publication {@code name}, so that it is known later who made what. */
    static String note(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT coalesce(pg_catalog.obj_description(oid, 'pg_publication'), '')"
                        + " FROM pg_catalog.pg_publication WHERE pubname = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    /** Writes {@code note} on the publication {@code name}. */
    static void write(Connection connection, String name, String note) throws SQLException {
        execute(connection, "COMMENT ON PUBLICATION " + Sql.name(name) + " IS " + Sql.text(note));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The names of the columns, or those of {@code all} if the publication is still to be made. */
    static List<String> names(Optional<Publication> publication, List<String> all) {
        return publication
                .filter(Publication::hasTable)
                .map(Publication::columns)
                .orElse(new ArrayList<>(all));
    }
}
