package dev.penstock.connector.postgres;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types of a database, by the numbers it gives them: asks {@code pg_type} for what it has not seen before, and
 * keeps it. Make a new one with each connection, since types may be changed meanwhile. Not thread safe.
 */
final class TypeCatalog {
    private static final String ENTRY = """
            SELECT t.oid, n.nspname, t.typname, t.typtype, t.typbasetype, t.typtypmod, t.typrelid,
              CASE WHEN t.typcategory = 'A' AND t.typlen = -1 AND t.typname NOT IN ('int2vector', 'oidvector')
                THEN t.typelem ELSE 0 END,
              coalesce(e.extname, ''), pg_catalog.format_type(t.oid, ?)
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
            LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
            WHERE t.oid = ?""";
    private static final String FIELDS = """
            SELECT attname, atttypid, atttypmod, attndims FROM pg_catalog.pg_attribute
            WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped ORDER BY attnum""";
    private static final int NO_MODIFIER = -1;

    private final Connection connection;
    private final Map<Request, PostgresType> known = new HashMap<>();

    TypeCatalog(Connection connection) {
        this.connection = requireNonNull(connection, "connection");
    }

    private record Request(int oid, int modifier, int dimensions) {}

    private record Found(TypeEntry entry, String name) {}

    /**
     * The type of a column of no more than one dimension.
     *
     * @param modifier {@code atttypmod}, -1 for none
     * @throws SQLException if the server cannot be asked, or there is no such type
     */
    PostgresType resolve(int oid, int modifier) throws SQLException {
        return resolve(oid, modifier, 1);
    }

    /**
     * The type of a column.
     *
     * @param modifier {@code atttypmod}, -1 for none
     * @param dimensions {@code attndims}, which an array is read with: values of another number are bad
     * @throws SQLException if the server cannot be asked, or there is no such type
     */
    PostgresType resolve(int oid, int modifier, int dimensions) throws SQLException {
        Request request = new Request(oid, modifier, Math.max(1, dimensions));
        PostgresType type = known.get(request);
        if (type == null) {
            type = resolve(find(oid, modifier), request);
            known.put(request, type);
        }
        return type;
    }

    private Found find(int oid, int modifier) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENTRY)) {
            statement.setInt(1, modifier);
            statement.setLong(2, Integer.toUnsignedLong(oid));
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException(
                            "there is no type with the number " + Integer.toUnsignedString(oid), "42704");
                }
                return new Found(
                        new TypeEntry(
                                oid,
                                row.getString(2),
                                row.getString(3),
                                row.getString(4).charAt(0),
                                (int) row.getLong(8),
                                (int) row.getLong(5),
                                row.getInt(6),
                                (int) row.getLong(7),
                                row.getString(9)),
                        row.getString(10));
            }
        }
    }

    private PostgresType resolve(Found found, Request request) throws SQLException {
        TypeEntry entry = found.entry();
        if (entry.kind() == 'd') {
            int modifier = entry.baseModifier() == NO_MODIFIER ? request.modifier() : entry.baseModifier();
            PostgresType base = resolve(entry.base(), modifier, request.dimensions());
            return new PostgresType(entry.oid(), found.name(), base.storage(), base.dataType(), base.codec());
        }
        if (entry.element() != 0) {
            PostgresType element = resolve(entry.element(), request.modifier());
            return array(found, element, request.dimensions());
        }
        if (entry.kind() == 'c') {
            return composite(found);
        }
        Optional<ScalarType> scalar = ScalarType.of(entry, request.modifier());
        return scalar.map(type ->
                        new PostgresType(entry.oid(), found.name(), found.name(), type.dataType(), type.codec()))
                .orElseGet(() -> new PostgresType(
                        entry.oid(), found.name(), found.name(), DataType.STRING, TextOnlyCodec.INSTANCE));
    }

    private static PostgresType array(Found found, PostgresType element, int dimensions) {
        DataType type = element.dataType();
        for (int i = 0; i < dimensions; i++) {
            type = DataType.listOf(type);
        }
        char delimiter = found.entry().name().equals("_box") ? ';' : ',';
        return new PostgresType(
                found.entry().oid(), found.name(), found.name(), type, new ArrayCodec(element, dimensions, delimiter));
    }

    private PostgresType composite(Found found) throws SQLException {
        List<Field> fields = new ArrayList<>();
        List<PostgresType> types = new ArrayList<>();
        for (Attribute attribute : attributes(found.entry().relation())) {
            PostgresType type = resolve(attribute.oid(), attribute.modifier(), attribute.dimensions());
            fields.add(Field.of(attribute.name(), type.dataType()));
            types.add(type);
        }
        return new PostgresType(
                found.entry().oid(),
                found.name(),
                found.name(),
                new DataType.Struct(fields),
                new CompositeCodec(types));
    }

    private record Attribute(String name, int oid, int modifier, int dimensions) {}

    private List<Attribute> attributes(int relation) throws SQLException {
        List<Attribute> attributes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FIELDS)) {
            statement.setLong(1, Integer.toUnsignedLong(relation));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    attributes.add(
                            new Attribute(rows.getString(1), (int) rows.getLong(2), rows.getInt(3), rows.getInt(4)));
                }
            }
        }
        return attributes;
    }
}
