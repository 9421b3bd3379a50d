package dev.penstock.connector.iceberg.schema;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The one mapping there is. Small integers become int, json becomes string, vectors become lists of required numbers;
 * each other type has one of its own in a table. Key columns are required, and identify rows where their type may.
 */
public final class TypeMapping implements SchemaMapping {
    /** The most digits that a decimal of a table has. */
    static final int MAX_DIGITS = 38;

    @Override
    public org.apache.iceberg.Schema table(Schema columns) {
        Ids ids = new Ids();
        List<NestedField> fields = new ArrayList<>();
        Set<Integer> identifiers = new HashSet<>();
        for (Field field : columns.fields()) {
            int id = ids.next();
            boolean key = columns.key().contains(field.name());
            Type type = convert(field.type(), ids)
                    .orElseThrow(() -> new IllegalArgumentException("Cannot make a column '" + field.name()
                            + "' of a table: none holds " + field.type().text() + "; " + remedy(field.type())));
            fields.add(column(id, field.nullable() && !key, field.name(), type));
            if (key && mayIdentify(type)) {
                identifiers.add(id);
            }
        }
        boolean all = identifiers.size() == columns.key().size();
        return new org.apache.iceberg.Schema(fields, all ? identifiers : Set.of());
    }

    private static NestedField column(int id, boolean optional, String name, Type type) {
        return optional ? NestedField.optional(id, name, type) : NestedField.required(id, name, type);
    }

    private static boolean mayIdentify(Type type) {
        return type.isPrimitiveType() && type.typeId() != Type.TypeID.FLOAT && type.typeId() != Type.TypeID.DOUBLE;
    }

    private static String remedy(DataType type) {
        if (type instanceof DataType.Decimal) {
            return "a decimal has at most " + MAX_DIGITS + " digits; convert it to fewer, or to string";
        }
        if (type instanceof DataType.Opaque) {
            return "turn objects into columns before the sink";
        }
        return "leave out structs without fields, decimals of more than " + MAX_DIGITS + " digits, and objects";
    }

    @Override
    public Optional<Type> type(DataType type) {
        return convert(type, new Ids());
    }

    private static Optional<Type> convert(DataType type, Ids ids) {
        if (type instanceof DataType.Scalar scalar) {
            return Optional.of(scalar(scalar));
        } else if (type instanceof DataType.Timestamp timestamp) {
            return Optional.of(timestamp(timestamp));
        } else if (type instanceof DataType.Decimal decimal) {
            return decimal.precision() > MAX_DIGITS
                    ? Optional.empty()
                    : Optional.of(Types.DecimalType.of(decimal.precision(), decimal.scale()));
        } else if (type instanceof DataType.ListOf list) {
            int id = ids.next();
            return convert(list.element(), ids).map(element -> Types.ListType.ofOptional(id, element));
        } else if (type instanceof DataType.FixedList vector) {
            int id = ids.next();
            return convert(vector.element(), ids).map(element -> Types.ListType.ofRequired(id, element));
        } else if (type instanceof DataType.MapOf map) {
            return map(map, ids);
        } else if (type instanceof DataType.Struct struct) {
            return struct(struct, ids);
        }
        return Optional.empty();
    }

    private static Optional<Type> map(DataType.MapOf map, Ids ids) {
        int keyId = ids.next();
        int valueId = ids.next();
        return convert(map.key(), ids)
                .flatMap(key ->
                        convert(map.value(), ids).map(value -> Types.MapType.ofOptional(keyId, valueId, key, value)));
    }

    private static Optional<Type> struct(DataType.Struct struct, Ids ids) {
        if (struct.fields().isEmpty()) {
            return Optional.empty();
        }
        List<NestedField> fields = new ArrayList<>();
        for (Field field : struct.fields()) {
            int id = ids.next();
            Optional<Type> type = convert(field.type(), ids);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(column(id, field.nullable(), field.name(), type.get()));
        }
        return Optional.of(Types.StructType.of(fields));
    }

    private static Type scalar(DataType.Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> Types.BooleanType.get();
            case INT8, INT16, INT32 -> Types.IntegerType.get();
            case INT64 -> Types.LongType.get();
            case FLOAT32 -> Types.FloatType.get();
            case FLOAT64 -> Types.DoubleType.get();
            case STRING, JSON -> Types.StringType.get();
            case BYTES -> Types.BinaryType.get();
            case DATE -> Types.DateType.get();
            case TIME -> Types.TimeType.get();
            case UUID -> Types.UUIDType.get();
        };
    }

    private static Type timestamp(DataType.Timestamp timestamp) {
        return switch (timestamp.precision()) {
            case MICROS -> timestamp.zoned() ? Types.TimestampType.withZone() : Types.TimestampType.withoutZone();
            case NANOS ->
                timestamp.zoned() ? Types.TimestampNanoType.withZone() : Types.TimestampNanoType.withoutZone();
        };
    }

    @Override
    public boolean fits(DataType type, Type stored) {
        return Fitting.fits(type, stored);
    }

    /** Ids from 1 on. */
    private static final class Ids {
        private int last;

        int next() {
            return ++last;
        }
    }
}
