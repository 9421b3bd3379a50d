package dev.penstock.connector.iceberg.schema;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Which values go into which columns of a table. Numbers may go into wider ones; a struct may lack fields that are
 * optional there. Whether a value may be missing is not a matter of types: it is looked at row by row.
 */
final class Fitting {
    private Fitting() {}

    static boolean fits(DataType type, Type stored) {
        if (type instanceof DataType.Scalar scalar) {
            return scalar(scalar, stored);
        } else if (type instanceof DataType.Timestamp timestamp) {
            return timestamp(timestamp, stored);
        } else if (type instanceof DataType.Decimal decimal) {
            return stored instanceof Types.DecimalType wide
                    && wide.scale() == decimal.scale()
                    && wide.precision() >= decimal.precision();
        } else if (type instanceof DataType.ListOf list) {
            return stored instanceof Types.ListType held && fits(list.element(), held.elementType());
        } else if (type instanceof DataType.FixedList vector) {
            return stored instanceof Types.ListType held && fits(vector.element(), held.elementType());
        } else if (type instanceof DataType.MapOf map) {
            return stored instanceof Types.MapType held
                    && fits(map.key(), held.keyType())
                    && fits(map.value(), held.valueType());
        } else if (type instanceof DataType.Struct struct) {
            return stored instanceof Types.StructType held && struct(struct.fields(), held);
        }
        return false;
    }

    private static boolean struct(List<Field> fields, Types.StructType held) {
        for (Field field : fields) {
            NestedField target = held.field(field.name());
            if (target == null || !fits(field.type(), target.type())) {
                return false;
            }
        }
        return held.fields().stream()
                .allMatch(field -> field.isOptional()
                        || fields.stream().anyMatch(given -> given.name().equals(field.name())));
    }

    private static boolean scalar(DataType.Scalar scalar, Type stored) {
        Type.TypeID id = stored.typeId();
        return switch (scalar) {
            case BOOLEAN -> id == Type.TypeID.BOOLEAN;
            case INT8, INT16, INT32 -> id == Type.TypeID.INTEGER || id == Type.TypeID.LONG;
            case INT64 -> id == Type.TypeID.LONG;
            case FLOAT32 -> id == Type.TypeID.FLOAT || id == Type.TypeID.DOUBLE;
            case FLOAT64 -> id == Type.TypeID.DOUBLE;
            case STRING, JSON -> id == Type.TypeID.STRING;
            case BYTES -> id == Type.TypeID.BINARY || id == Type.TypeID.FIXED;
            case DATE -> id == Type.TypeID.DATE;
            case TIME -> id == Type.TypeID.TIME;
            case UUID -> id == Type.TypeID.UUID;
        };
    }

    private static boolean timestamp(DataType.Timestamp timestamp, Type stored) {
        return switch (timestamp.precision()) {
            case MICROS -> stored instanceof Types.TimestampType held && held.shouldAdjustToUTC() == timestamp.zoned();
            case NANOS ->
                stored instanceof Types.TimestampNanoType held && held.shouldAdjustToUTC() == timestamp.zoned();
        };
    }
}
