package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangedTable.Constraints;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a query looks like now: asks the server. Not thread safe. */
final class QueryCatalog {
    private static final String NO_SUCH_COLUMN = "42703";
    private static final String TABLE = """
            SELECT c.oid, c.relreplident, c.relkind, c.relhassubclass, c.reltuples
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""";
    private static final String COLUMNS = """
            SELECT attname, atttypid, atttypmod, attnotnull
            FROM pg_catalog.pg_attribute
            WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped ORDER BY attnum""";
    private static final String UNIQUE = """
            SELECT count(*)
            FROM pg_catalog.pg_index i
            WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
              AND NOT EXISTS (
                SELECT FROM unnest(i.indkey) WITH ORDINALITY k(attnum, place)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                WHERE k.place <= i.indnkeyatts AND a.attname <> ALL (?))""";

    private final Connection connection;
    private final QuerySettings settings;

    QueryCatalog(Connection connection, QuerySettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /** A table or view of the catalog. */
    private record Found(int id, char identity, char kind, boolean hasChildren, double rows) {}

    /** A column that there is, and whether it always has a value. */
    private record FoundColumn(Relation.Column column, boolean notNull) {}

    /**
     * What is read, as it is now. In a transaction it stays so until its end.
     *
     * @throws ConfigException if it cannot be read, or not in this order
     */
    QueryShape describe() throws SQLException {
        QueryShape shape = settings.what().table().isPresent()
                ? ofTable(settings.what().table().get())
                : ofQuery();
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery(new QueryStatements(settings, shape).probe()).close();
        }
        return shape;
    }

    private QueryShape ofTable(TableName name) throws SQLException {
        find(name);
        lock(name);
        // Another one may have taken its name before it was locked.
        Found found = find(name);
        List<FoundColumn> all = columns(found.id());
        List<Relation.Column> selected = selected(all);
        TableCatalog catalog = new TableCatalog(connection);
        ChangedTable whole = describe(
                catalog, found, name, all.stream().map(FoundColumn::column).toList());
        ChangedTable table = selected.size() == all.size() ? whole : describe(catalog, found, name, selected);
        QueryShape shape = new QueryShape(table, order(whole, all), found.kind(), found.hasChildren(), found.rows());
        if (shape.showsUnique()) {
            requireUnique(found.id(), shape.order());
        }
        return shape;
    }

    /** Within a transaction, nobody changes the columns of the table from now on. */
    private void lock(TableName name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT FROM " + name.sql() + " WHERE false").close();
        }
    }

    private static ChangedTable describe(
            TableCatalog catalog, Found found, TableName name, List<Relation.Column> columns) throws SQLException {
        return catalog.describe(new Relation(found.id(), name, found.identity(), columns), List.of());
    }

    private Found find(TableName name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
            statement.setString(1, name.schema());
            statement.setString(2, name.name());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw wrong(
                            QueryKeys.TABLE,
                            Problem.Code.NOT_FOUND,
                            "there is no table '" + name + "' that the role may see",
                            "correct its name, or create it");
                }
                return new Found(
                        (int) row.getLong(1),
                        row.getString(2).charAt(0),
                        row.getString(3).charAt(0),
                        row.getBoolean(4),
                        row.getDouble(5));
            }
        }
    }

    private List<FoundColumn> columns(int table) throws SQLException {
        List<FoundColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, Integer.toUnsignedLong(table));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(new FoundColumn(
                            new Relation.Column(row.getString(1), (int) row.getLong(2), row.getInt(3), false),
                            row.getBoolean(4)));
                }
            }
        }
        return columns;
    }

    private List<Relation.Column> selected(List<FoundColumn> all) {
        List<Relation.Column> selected = new ArrayList<>();
        for (String name : settings.what().columns()) {
            selected.add(find(QueryKeys.COLUMNS, name, all).column());
        }
        return selected.isEmpty() ? all.stream().map(FoundColumn::column).toList() : selected;
    }

    private FoundColumn find(ConfigKey<?> key, String name, List<FoundColumn> all) {
        return all.stream()
                .filter(found -> found.column().name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(
                        key,
                        Problem.Code.NOT_FOUND,
                        settings.what().shown() + " has no column '" + name + "'",
                        "there are "
                                + all.stream()
                                        .map(found -> found.column().name())
                                        .toList()));
    }

    private QueryOrder order(ChangedTable whole, List<FoundColumn> all) {
        Set<String> names = new LinkedHashSet<>();
        settings.order()
                .cursor()
                .ifPresent(name ->
                        names.add(find(QueryKeys.CURSOR, name, all).column().name()));
        List<String> key = settings.order().key();
        for (String name : key.isEmpty() ? whole.key() : key) {
            names.add(find(QueryKeys.KEY, name, all).column().name());
        }
        List<PostgresType> types = new ArrayList<>();
        List<String> nullable = new ArrayList<>();
        for (String name : names) {
            types.add(whole.types().get(whole.schema().indexOf(name)));
            if (!find(QueryKeys.KEY, name, all).notNull()) {
                nullable.add(name);
            }
        }
        return new QueryOrder(List.copyOf(names), types, nullable);
    }

    /** Rows that nothing tells apart would be lost, or come twice, where one batch ends and the next one begins. */
    private void requireUnique(int table, QueryOrder order) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNIQUE)) {
            statement.setLong(1, Integer.toUnsignedLong(table));
            statement.setArray(2, connection.createArrayOf("text", order.names().toArray()));
            try (ResultSet row = statement.executeQuery()) {
                if (row.next() && row.getLong(1) == 0) {
                    throw wrong(
                            QueryKeys.KEY,
                            Problem.Code.INCOMPATIBLE,
                            "no unique index of " + settings.what().shown() + " is on columns of " + order.names()
                                    + " alone, so that rows may be alike in all of them",
                            "name the columns of a unique index, or make one");
                }
            }
        }
    }

    private QueryShape ofQuery() throws SQLException {
        List<QueryColumns.Column> result = new QueryColumns(connection, settings).all();
        List<FoundColumn> all = new ArrayList<>();
        List<PostgresType> types = new ArrayList<>();
        TypeCatalog catalog = new TypeCatalog(connection);
        for (QueryColumns.Column column : result) {
            all.add(new FoundColumn(
                    new Relation.Column(column.name(), column.type(), column.modifier(), false), false));
            types.add(catalog.resolve(column.type(), column.modifier(), column.dimensions()));
        }
        List<String> key = settings.order().key();
        key.forEach(name -> find(QueryKeys.KEY, name, all));
        Relation relation = new Relation(
                0,
                new TableName("", "query"),
                'n',
                all.stream().map(FoundColumn::column).toList());
        ChangedTable table = ChangedTable.of(relation, new Constraints(key, List.of()), types, List.of());
        return new QueryShape(table, order(table, all), QueryShape.QUERY, false, 0);
    }

    /** Whether {@code cause} is that columns are not what they were a moment ago. */
    static boolean isOfColumns(SQLException cause) {
        return Failures.state(cause).equals(NO_SUCH_COLUMN);
    }

    private static ConfigException wrong(ConfigKey<?> key, Problem.Code code, String reason, String remedy) {
        return new ConfigException(key.name(), code, reason, remedy);
    }
}
