package dev.penstock.connector.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the catalog about tables to write to. Not thread safe. */
final class SinkTables {
    private static final String TABLE = """
            SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')""";
    private static final String COLUMNS = """
            SELECT attname, atttypid, atttypmod, attndims, attnotnull, atthasdef OR attidentity <> '',
              attgenerated <> '' OR attidentity = 'a'
            FROM pg_catalog.pg_attribute
            WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped ORDER BY attnum""";
    private static final String KEYS = """
            SELECT (SELECT array_agg(a.attname::text ORDER BY k.place)
                FROM unnest(i.indkey) WITH ORDINALITY k(attnum, place)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                WHERE k.place <= i.indnkeyatts)
            FROM pg_catalog.pg_index i
            WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid AND i.indimmediate
              AND i.indpred IS NULL AND i.indexprs IS NULL
            ORDER BY i.indisprimary DESC, i.indexrelid""";
    private static final String CHECKS = """
            SELECT conname, pg_catalog.pg_get_expr(conbin, conrelid),
              (SELECT array_agg(attname::text) FROM pg_catalog.pg_attribute
               WHERE attrelid = conrelid AND attnum = ANY (conkey))
            FROM pg_catalog.pg_constraint WHERE conrelid = ? AND contype = 'c' AND conkey IS NOT NULL""";
    private static final String REFERENCES = """
            SELECT c.conname,
              (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY k(attnum, place)
               JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum),
              n.nspname, t.relname,
              (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.confkey) WITH ORDINALITY k(attnum, place)
               JOIN pg_catalog.pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum)
            FROM pg_catalog.pg_constraint c
            JOIN pg_catalog.pg_class t ON t.oid = c.confrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
            WHERE c.conrelid = ? AND c.contype = 'f' AND c.confrelid <> c.conrelid
              AND pg_catalog.has_table_privilege(c.confrelid, 'SELECT')""";

    private final Connection connection;
    private final TypeCatalog types;

    SinkTables(Connection connection) {
        this.connection = connection;
        this.types = new TypeCatalog(connection);
    }

    /** The table {@code name}, if there is one. */
    Optional<SinkTable> find(TableName name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
            statement.setString(1, name.schema());
            statement.setString(2, name.name());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long oid = row.getLong(1);
                return Optional.of(new SinkTable(name, columns(oid), keys(oid), checks(oid), references(oid)));
            }
        }
    }

    /** Makes something of a row of the catalog. */
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, long oid, Reading<T> reading) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, oid);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.of(rows));
                }
            }
        }
        return found;
    }

    private List<SinkTable.Column> columns(long oid) throws SQLException {
        return list(
                COLUMNS,
                oid,
                row -> new SinkTable.Column(
                        row.getString(1),
                        types.resolve((int) row.getLong(2), row.getInt(3), row.getInt(4)),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7)));
    }

    private List<List<String>> keys(long oid) throws SQLException {
        return list(KEYS, oid, row -> names(row.getArray(1)));
    }

    private List<SinkTable.Check> checks(long oid) throws SQLException {
        return list(
                CHECKS, oid, row -> new SinkTable.Check(row.getString(1), names(row.getArray(3)), row.getString(2)));
    }

    private List<SinkTable.Reference> references(long oid) throws SQLException {
        return list(
                REFERENCES,
                oid,
                row -> new SinkTable.Reference(
                        row.getString(1),
                        names(row.getArray(2)),
                        new TableName(row.getString(3), row.getString(4)),
                        names(row.getArray(5))));
    }

    private static List<String> names(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
