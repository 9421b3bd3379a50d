package dev.penstock.format.avro;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** The columns that hold what a schema describes. */
final class AvroColumns {
    /** The only column where the schema is not a record. */
    public static final String VALUE = "value";

    private final Deque<String> within = new ArrayDeque<>();

    private AvroColumns() {}

    /**
     * A column for each field of {@code schema}; unions of more than null and one type, and records without fields, are
     * json.
     *
     * @throws ConfigException if a record contains itself
     */
    public static List<Field> of(Schema schema) {
        AvroColumns columns = new AvroColumns();
        return schema.getType() == Schema.Type.RECORD ? columns.fields(schema) : List.of(columns.field(VALUE, schema));
    }

    private List<Field> fields(Schema schema) {
        if (within.contains(schema.getFullName())) {
            throw recursive(schema);
        }
        within.push(schema.getFullName());
        List<Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(field(field.name(), field.schema()));
        }
        within.pop();
        return fields;
    }

    private static ConfigException recursive(Schema schema) {
        return new ConfigException(List.of(Problem.error(
                "columns",
                Problem.Code.INCOMPATIBLE,
                "cannot be made from the schema: record '" + schema.getFullName() + "' contains itself",
                "declare columns, with the field that repeats as json or left out")));
    }

    private Field field(String name, Schema schema) {
        return nullable(schema) ? Field.of(name, type(schema)) : Field.required(name, type(schema));
    }

    private static boolean nullable(Schema schema) {
        return schema.isNullable();
    }

    private DataType type(Schema schema) {
        Optional<DataType> logical = Logical.type(schema);
        if (logical.isPresent()) {
            return logical.get();
        }
        return switch (schema.getType()) {
            case NULL -> DataType.JSON;
            case BOOLEAN -> DataType.BOOLEAN;
            case INT -> DataType.INT32;
            case LONG -> DataType.INT64;
            case FLOAT -> DataType.FLOAT32;
            case DOUBLE -> DataType.FLOAT64;
            case STRING, ENUM -> DataType.STRING;
            case BYTES, FIXED -> DataType.BYTES;
            case ARRAY -> DataType.listOf(type(schema.getElementType()));
            case MAP -> DataType.mapOf(DataType.STRING, type(schema.getValueType()));
            case UNION -> union(schema);
            case RECORD -> schema.getFields().isEmpty() ? DataType.JSON : new DataType.Struct(fields(schema));
        };
    }

    private DataType union(Schema schema) {
        List<Schema> values = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        return values.size() == 1 ? type(values.get(0)) : DataType.JSON;
    }
}
