package dev.penstock.format.avro;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Makes the schema of records that hold the columns of rows. */
final class AvroSchemas {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern FULL_NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*\\.)*[A-Za-z_][A-Za-z0-9_]*");

    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private AvroSchemas() {}

    /**
     * A record named {@code recordName} with a field for each of {@code fields}; records inside are named after where
     * they stand.
     *
     * @throws ConfigException if Avro has no name or no type for a column
     */
    static Schema of(String recordName, List<Field> fields) {
        AvroSchemas schemas = new AvroSchemas();
        if (!FULL_NAME.matcher(recordName).matches()) {
            throw new ConfigException(List.of(Problem.error(
                    "record-name",
                    Problem.Code.INVALID,
                    "'" + recordName + "' is no full name of Avro",
                    "give one such as com.example.Order")));
        }
        Schema schema = schemas.record(recordName, fields);
        if (!schemas.problems.isEmpty()) {
            throw new ConfigException(schemas.problems);
        }
        return schema;
    }

    private Schema record(String fullName, List<Field> fields) {
        String unique = fullName;
        while (!names.add(unique)) {
            unique += "_";
        }
        List<Schema.Field> made = new ArrayList<>();
        for (Field field : fields) {
            if (NAME.matcher(field.name()).matches()) {
                made.add(field(unique, field));
            } else {
                refuse(field.name(), "is no name in Avro", "rename it to letters, digits and underscores");
            }
        }
        int dot = unique.lastIndexOf('.');
        String namespace = dot < 0 ? null : unique.substring(0, dot);
        return Schema.createRecord(unique.substring(dot + 1), null, namespace, false, made);
    }

    private Schema.Field field(String record, Field field) {
        Schema type = type(record + "_" + field.name(), field.name(), field.type());
        return field.nullable()
                ? new Schema.Field(field.name(), nullable(type), null, Schema.Field.NULL_DEFAULT_VALUE)
                : new Schema.Field(field.name(), type);
    }

    private void refuse(String column, String reason, String remedy) {
        problems.add(Problem.error("", Problem.Code.INCOMPATIBLE, "column '" + column + "' " + reason, remedy));
    }

    private static Schema nullable(Schema type) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), type);
    }

    private Schema type(String name, String column, DataType type) {
        if (type instanceof DataType.ListOf list) {
            return Schema.createArray(nullable(type(name, column, list.element())));
        }
        if (type instanceof DataType.FixedList vector) {
            return Schema.createArray(type(name, column, vector.element()));
        }
        if (type instanceof DataType.Struct struct) {
            return record(name, struct.fields());
        }
        if (type instanceof DataType.MapOf map) {
            if (map.key() != DataType.STRING) {
                refuse(column, "is a map whose keys are " + map.key().text(), "use keys that are strings, or drop it");
            }
            return Schema.createMap(nullable(type(name, column, map.value())));
        }
        if (type instanceof DataType.Timestamp timestamp) {
            return timestamp(timestamp).addToSchema(Schema.create(Schema.Type.LONG));
        }
        if (type instanceof DataType.Decimal decimal) {
            return LogicalTypes.decimal(decimal.precision(), decimal.scale())
                    .addToSchema(Schema.create(Schema.Type.BYTES));
        }
        return scalar((DataType.Scalar) type);
    }

    private static LogicalType timestamp(DataType.Timestamp type) {
        if (type.precision() == DataType.Precision.NANOS) {
            return type.zoned() ? LogicalTypes.timestampNanos() : LogicalTypes.localTimestampNanos();
        }
        return type.zoned() ? LogicalTypes.timestampMicros() : LogicalTypes.localTimestampMicros();
    }

    private static Schema scalar(DataType.Scalar type) {
        return switch (type) {
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case INT8, INT16, INT32 -> Schema.create(Schema.Type.INT);
            case INT64 -> Schema.create(Schema.Type.LONG);
            case FLOAT32 -> Schema.create(Schema.Type.FLOAT);
            case FLOAT64 -> Schema.create(Schema.Type.DOUBLE);
            case STRING -> Schema.create(Schema.Type.STRING);
            case JSON -> Logical.json();
            case BYTES -> Schema.create(Schema.Type.BYTES);
            case UUID -> LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIME -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
        };
    }
}
