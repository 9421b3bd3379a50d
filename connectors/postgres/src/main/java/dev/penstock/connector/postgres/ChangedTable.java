package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Metadata;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * A table whose changes are read, and what its rows look like here.
 *
 * @param relation the table as the stream or the catalog describes it
 * @param key the names of the columns that tell rows apart: the replica identity if it is an index, else the primary
 *     key; empty if there is none
 * @param types the types of the columns, in their order
 * @param schema the columns of rows: those of the table, then what else is asked for
 * @param text whether values are read as text even if their binary form is understood, as others of the stream are
 */
record ChangedTable(Relation relation, List<String> key, List<PostgresType> types, Schema schema, boolean text) {
    private static final String PREFIX = "postgres_";

    ChangedTable {
        key = List.copyOf(key);
        types = List.copyOf(types);
    }

    /** The table with rows that have {@code metadata} too. */
    static ChangedTable of(
            Relation relation, Constraints constraints, List<PostgresType> types, List<Metadata> metadata) {
        List<Field> fields = new ArrayList<>();
        for (int index = 0; index < types.size(); index++) {
            String name = relation.columns().get(index).name();
            DataType type = types.get(index).dataType();
            boolean isThere = constraints.key().contains(name)
                    || (relation.knowsBefore() && constraints.notNull().contains(name));
            fields.add(isThere ? Field.required(name, type) : Field.of(name, type));
        }
        metadata.forEach(column -> fields.add(field(column)));
        List<String> key = fields.stream().map(Field::name).toList().containsAll(constraints.key())
                ? constraints.key()
                : List.of();
        return new ChangedTable(relation, key, types, new Schema(fields, key), false);
    }

    /** What the catalog says beyond what the stream does. */
    record Constraints(List<String> key, List<String> notNull) {}

    /** The column of {@code column}. */
    static Field field(Metadata column) {
        return switch (column) {
            case TRANSACTION -> Field.of(PREFIX + "transaction", DataType.INT64);
            case LSN -> Field.of(PREFIX + "lsn", DataType.INT64);
            case COMMIT_TIME -> Field.of(PREFIX + "commit_time", DataType.TIMESTAMP);
        };
    }

    TableName name() {
        return relation.name();
    }

    /** The number of columns that the table itself has. */
    int width() {
        return types.size();
    }

    /** Where the columns of the key are. */
    int[] keyColumns() {
        return key.stream().mapToInt(schema::indexOf).toArray();
    }

    /** The table with all values read as text. */
    ChangedTable asText() {
        return new ChangedTable(relation, key, types, schema, true);
    }

    /** Whether values are read in their binary form, which must be understood of every column. */
    boolean hasBinary() {
        return !text && types.stream().allMatch(type -> type.codec().hasBinary());
    }

    /** Whether {@code other} has the same name and columns, so that rows stay as they are. */
    boolean looksLike(Relation other) {
        return relation.name().equals(other.name()) && hasColumnsOf(other);
    }

    /** Whether {@code other} is the same table with the same columns, whatever it is called. */
    boolean hasColumnsOf(Relation other) {
        return relation.id() == other.id() && relation.identity() == other.identity() && relation.hasColumnsOf(other);
    }
}
