package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Metadata;
import dev.penstock.connector.postgres.ChangedTable.Constraints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the catalog says of tables now. Not thread safe. */
final class TableCatalog {
    private static final String TABLE = """
            SELECT c.oid, c.relreplident, c.relkind
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')""";
    private static final String NAMES = """
            SELECT n.nspname, c.relname
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND NOT c.relispartition
              AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
            ORDER BY n.nspname, c.relname""";
    private static final String COLUMNS = """
            SELECT attname, atttypid, atttypmod, attndims, attnotnull, attgenerated <> ''
            FROM pg_catalog.pg_attribute
            WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped ORDER BY attnum""";
    private static final String KEY = """
            SELECT a.attname
            FROM pg_catalog.pg_index i
            CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(attnum, place)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = ? AND k.place <= i.indnkeyatts
              AND CASE WHEN ? THEN i.indisreplident ELSE i.indisprimary END
            ORDER BY k.place""";

    private final Connection connection;
    private final TypeCatalog types;

    TableCatalog(Connection connection) {
        this.connection = connection;
        this.types = new TypeCatalog(connection);
    }

    /** A column of the catalog. */
    private record Found(Relation.Column column, int dimensions, boolean notNull, boolean generated) {}

    /** The table {@code name} with the columns that {@code publication} has of it, if there is such a table. */
    Optional<ChangedTable> find(TableName name, Optional<Publication> publication, List<Metadata> metadata)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
            statement.setString(1, name.schema());
            statement.setString(2, name.name());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                int id = (int) row.getLong(1);
                char identity = row.getString(2).charAt(0);
                List<Relation.Column> columns = published(columns(id), publication);
                return Optional.of(describe(new Relation(id, name, identity, columns), metadata));
            }
        }
    }

    /** All tables that could be published, but for those of the system and partitions, which are with their tables. */
    List<TableName> names() throws SQLException {
        List<TableName> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NAMES);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                names.add(new TableName(row.getString(1), row.getString(2)));
            }
        }
        return names;
    }

    private static List<Relation.Column> published(List<Found> all, Optional<Publication> publication) {
        List<String> own = all.stream()
                .filter(found -> !found.generated())
                .map(found -> found.column().name())
                .toList();
        List<String> names = Publication.names(publication, own);
        return all.stream()
                .map(Found::column)
                .filter(column -> names.contains(column.name()))
                .toList();
    }

    /** The table that {@code relation} describes, which may be as it was some time ago. */
    ChangedTable describe(Relation relation, List<Metadata> metadata) throws SQLException {
        Map<String, Found> now = new HashMap<>();
        columns(relation.id()).forEach(found -> now.put(found.column().name(), found));
        List<PostgresType> resolved = new ArrayList<>();
        for (Relation.Column column : relation.columns()) {
            Found found = now.get(column.name());
            int dimensions = found == null ? 1 : found.dimensions();
            resolved.add(types.resolve(column.type(), column.modifier(), dimensions));
        }
        List<String> notNull = now.values().stream()
                .filter(Found::notNull)
                .map(found -> found.column().name())
                .toList();
        return ChangedTable.of(relation, new Constraints(key(relation), notNull), resolved, metadata);
    }

    private List<Found> columns(int table) throws SQLException {
        List<Found> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, Integer.toUnsignedLong(table));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(new Found(
                            new Relation.Column(row.getString(1), (int) row.getLong(2), row.getInt(3), false),
                            row.getInt(4),
                            row.getBoolean(5),
                            row.getBoolean(6)));
                }
            }
        }
        return columns;
    }

    private List<String> key(Relation relation) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(KEY)) {
            statement.setLong(1, Integer.toUnsignedLong(relation.id()));
            statement.setBoolean(2, relation.identity() == 'i');
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }
}
