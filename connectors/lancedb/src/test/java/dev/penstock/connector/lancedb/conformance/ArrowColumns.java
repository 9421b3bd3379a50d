package dev.penstock.connector.lancedb.conformance;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/** The columns of a table as the connector's documentation says that they are. */
final class ArrowColumns {
    private ArrowColumns() {}

    static org.apache.arrow.vector.types.pojo.Schema of(Schema schema) {
        return new org.apache.arrow.vector.types.pojo.Schema(
                schema.fields().stream().map(ArrowColumns::column).toList());
    }

    static boolean isNanos(org.apache.arrow.vector.types.pojo.Field field) {
        return ((ArrowType.Timestamp) field.getType()).getUnit() == TimeUnit.NANOSECOND;
    }

    /** What a map is a list of. */
    static Schema entry(DataType key, DataType value) {
        return Schema.of(Field.required("key", key), Field.of("value", value));
    }

    private static org.apache.arrow.vector.types.pojo.Field column(Field field) {
        DataType type = field.type();
        boolean marked = type == DataType.JSON || type == DataType.UUID || type instanceof DataType.MapOf;
        Map<String, String> metadata = marked ? Map.of("penstock.type", type.text()) : Map.of();
        return new org.apache.arrow.vector.types.pojo.Field(
                field.name(), new FieldType(field.nullable(), type(type), null, metadata), children(type));
    }

    private static List<org.apache.arrow.vector.types.pojo.Field> children(DataType type) {
        if (type instanceof DataType.ListOf list) {
            return List.of(column(Field.of("item", list.element())));
        } else if (type instanceof DataType.FixedList vector) {
            return List.of(column(Field.of("item", vector.element())));
        } else if (type instanceof DataType.MapOf map) {
            return List.of(column(Field.required(
                    "item", new DataType.Struct(entry(map.key(), map.value()).fields()))));
        }
        return type instanceof DataType.Struct struct
                ? struct.fields().stream().map(ArrowColumns::column).toList()
                : List.of();
    }

    private static ArrowType type(DataType type) {
        if (type instanceof DataType.Scalar scalar) {
            return scalar(scalar);
        } else if (type instanceof DataType.Decimal decimal) {
            return new ArrowType.Decimal(decimal.precision(), decimal.scale(), 128);
        } else if (type instanceof DataType.Timestamp timestamp) {
            TimeUnit unit =
                    timestamp.precision() == DataType.Precision.NANOS ? TimeUnit.NANOSECOND : TimeUnit.MICROSECOND;
            return new ArrowType.Timestamp(unit, timestamp.zoned() ? "UTC" : null);
        } else if (type instanceof DataType.FixedList vector) {
            return new ArrowType.FixedSizeList(vector.size());
        }
        return type instanceof DataType.Struct ? ArrowType.Struct.INSTANCE : ArrowType.List.INSTANCE;
    }

    private static ArrowType scalar(DataType.Scalar type) {
        return switch (type) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case INT8 -> new ArrowType.Int(8, true);
            case INT16 -> new ArrowType.Int(16, true);
            case INT32 -> new ArrowType.Int(32, true);
            case INT64 -> new ArrowType.Int(64, true);
            case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case STRING, JSON -> ArrowType.Utf8.INSTANCE;
            case BYTES -> ArrowType.Binary.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
            case UUID -> new ArrowType.FixedSizeBinary(16);
        };
    }
}
