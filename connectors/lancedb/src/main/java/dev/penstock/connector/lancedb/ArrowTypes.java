package dev.penstock.connector.lancedb;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.TypeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Between the types of rows and the Arrow types of tables.
 *
 * <p>What Arrow has no type for is stored as the nearest one (json as text, uuid as 16 bytes, a map as a list of
 * structs), and {@link #TYPE} in the column's metadata keeps the name of the real one, so that it reads back.
 */
final class ArrowTypes {
    /** The metadata key that holds {@link DataType#text()} of a column whose Arrow type says less. */
    static final String TYPE = "penstock.type";

    static final String ITEM = "item";
    static final String MAP_KEY = "key";
    static final String MAP_VALUE = "value";
    static final int MAX_SHORT_DECIMAL = 38;
    static final int MAX_DECIMAL = 76;
    static final int UUID_BYTES = 16;

    private static final int BITS_128 = 128;
    private static final int BITS_256 = 256;

    private ArrowTypes() {}

    static org.apache.arrow.vector.types.pojo.Schema toArrow(Schema schema) {
        return new org.apache.arrow.vector.types.pojo.Schema(
                schema.fields().stream().map(ArrowTypes::toArrow).toList());
    }

    static org.apache.arrow.vector.types.pojo.Field toArrow(Field field) {
        Map<String, String> metadata = new TreeMap<>(field.metadata());
        if (needsName(field.type())) {
            metadata.put(TYPE, field.type().text());
        }
        FieldType type = new FieldType(field.nullable(), arrowType(field.type()), null, metadata);
        return new org.apache.arrow.vector.types.pojo.Field(field.name(), type, children(field.type()));
    }

    private static boolean needsName(DataType type) {
        return type == DataType.JSON || type == DataType.UUID || type instanceof DataType.MapOf;
    }

    private static ArrowType arrowType(DataType type) {
        if (type instanceof DataType.Timestamp timestamp) {
            TimeUnit unit =
                    timestamp.precision() == DataType.Precision.NANOS ? TimeUnit.NANOSECOND : TimeUnit.MICROSECOND;
            return new ArrowType.Timestamp(unit, timestamp.zoned() ? "UTC" : null);
        }
        if (type instanceof DataType.Decimal decimal) {
            int bits = decimal.precision() <= MAX_SHORT_DECIMAL ? BITS_128 : BITS_256;
            return new ArrowType.Decimal(decimal.precision(), decimal.scale(), bits);
        }
        if (type instanceof DataType.FixedList list) {
            return new ArrowType.FixedSizeList(list.size());
        }
        if (type instanceof DataType.ListOf || type instanceof DataType.MapOf) {
            return ArrowType.List.INSTANCE;
        }
        return type instanceof DataType.Scalar scalar ? arrowType(scalar) : ArrowType.Struct.INSTANCE;
    }

    private static ArrowType arrowType(DataType.Scalar type) {
        return switch (type) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case INT8 -> new ArrowType.Int(Byte.SIZE, true);
            case INT16 -> new ArrowType.Int(Short.SIZE, true);
            case INT32 -> new ArrowType.Int(Integer.SIZE, true);
            case INT64 -> new ArrowType.Int(Long.SIZE, true);
            case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case STRING, JSON -> ArrowType.Utf8.INSTANCE;
            case BYTES -> ArrowType.Binary.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, Long.SIZE);
            case UUID -> new ArrowType.FixedSizeBinary(UUID_BYTES);
        };
    }

    private static List<org.apache.arrow.vector.types.pojo.Field> children(DataType type) {
        if (type instanceof DataType.ListOf list) {
            return List.of(toArrow(Field.of(ITEM, list.element())));
        }
        if (type instanceof DataType.FixedList list) {
            return List.of(toArrow(Field.of(ITEM, list.element())));
        }
        if (type instanceof DataType.Struct struct) {
            return struct.fields().stream().map(ArrowTypes::toArrow).toList();
        }
        return type instanceof DataType.MapOf map ? List.of(toArrow(Field.required(ITEM, entry(map)))) : List.of();
    }

    /** The struct that a map is a list of. */
    static DataType.Struct entry(DataType.MapOf map) {
        return DataType.struct(Field.required(MAP_KEY, map.key()), Field.of(MAP_VALUE, map.value()));
    }

    /** The columns of {@code schema} as rows have them, or empty for each column of a type that rows cannot carry. */
    static List<Optional<Field>> fromArrow(org.apache.arrow.vector.types.pojo.Schema schema) {
        List<Optional<Field>> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(fromArrow(field)));
        return fields;
    }

    static Optional<Field> fromArrow(org.apache.arrow.vector.types.pojo.Field arrow) {
        Map<String, String> metadata = new TreeMap<>(arrow.getMetadata());
        String named = metadata.remove(TYPE);
        Optional<DataType> type = named == null ? dataType(arrow) : Optional.of(TypeParser.parse(named));
        return type.map(known -> new Field(arrow.getName(), known, arrow.isNullable(), metadata));
    }

    private static Optional<DataType> dataType(org.apache.arrow.vector.types.pojo.Field arrow) {
        return switch (arrow.getType().getTypeID()) {
            case Struct -> struct(arrow);
            case List -> element(arrow).map(DataType.ListOf::new);
            case FixedSizeList ->
                element(arrow)
                        .filter(element -> element == DataType.FLOAT32 || element == DataType.FLOAT64)
                        .map(element -> new DataType.FixedList(
                                element, ((ArrowType.FixedSizeList) arrow.getType()).getListSize()));
            default -> Optional.ofNullable(ForeignTypes.scalar(arrow.getType()));
        };
    }

    private static Optional<DataType> element(org.apache.arrow.vector.types.pojo.Field list) {
        return fromArrow(list.getChildren().get(0)).map(Field::type);
    }

    private static Optional<DataType> struct(org.apache.arrow.vector.types.pojo.Field arrow) {
        List<Field> fields = new ArrayList<>();
        for (org.apache.arrow.vector.types.pojo.Field child : arrow.getChildren()) {
            Optional<Field> field = fromArrow(child);
            if (field.isEmpty()) {
                return Optional.empty();
            }
            fields.add(field.get());
        }
        return Optional.of(new DataType.Struct(fields));
    }
}
