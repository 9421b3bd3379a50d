package dev.penstock.dataflow.expression;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.Optional;

/** Which CEL type the values of a column have, and which column holds the values of a CEL type. */
final class CelTypes {
    private CelTypes() {}

    /** The type of the variable for {@code field}; one that may be null compares with null. */
    static CelType ofVariable(Field field) {
        CelType type = of(field.type());
        return type instanceof SimpleType && type != SimpleType.DYN ? NullableType.create(type) : type;
    }

    private static CelType of(DataType type) {
        if (type instanceof DataType.Scalar scalar) {
            return ofScalar(scalar);
        }
        if (type instanceof DataType.ListOf list) {
            return ListType.create(ofElement(list.element()));
        }
        if (type instanceof DataType.FixedList) {
            return ListType.create(SimpleType.DOUBLE);
        }
        if (type instanceof DataType.MapOf map) {
            return MapType.create(of(map.key()), ofElement(map.value()));
        }
        if (type instanceof DataType.Struct) {
            return MapType.create(SimpleType.STRING, SimpleType.DYN);
        }
        return type instanceof DataType.Decimal ? SimpleType.DOUBLE : SimpleType.TIMESTAMP;
    }

    private static CelType ofScalar(DataType.Scalar type) {
        return switch (type) {
            case BOOLEAN -> SimpleType.BOOL;
            case INT8, INT16, INT32, INT64 -> SimpleType.INT;
            case FLOAT32, FLOAT64 -> SimpleType.DOUBLE;
            case STRING, UUID -> SimpleType.STRING;
            case BYTES -> SimpleType.BYTES;
            case DATE -> SimpleType.TIMESTAMP;
            case TIME -> SimpleType.DURATION;
            case JSON -> SimpleType.DYN;
        };
    }

    private static CelType ofElement(DataType type) {
        CelType element = of(type);
        return element instanceof SimpleType && element != SimpleType.DYN ? NullableType.create(element) : element;
    }

    /** The kind of vector that holds values of {@code type}. */
    static Vector.Kind kind(CelType type) {
        return switch (type.kind()) {
            case INT -> Vector.Kind.INT;
            case DOUBLE -> Vector.Kind.DOUBLE;
            case BOOL -> Vector.Kind.BOOL;
            case STRING -> Vector.Kind.STRING;
            case NULL_TYPE -> Vector.Kind.NULL;
            default -> Vector.Kind.OTHER;
        };
    }

    /** The type of a column of values of {@code type}, if there is one. */
    static Optional<DataType> column(CelType type) {
        CelType plain = type instanceof NullableType nullable ? nullable.targetType() : type;
        if (plain instanceof ListType list && list.hasElemType()) {
            return column(list.elemType()).map(DataType::listOf);
        }
        if (plain instanceof MapType map) {
            return column(map.keyType())
                    .filter(key -> key instanceof DataType.Scalar)
                    .flatMap(key -> column(map.valueType()).map(value -> DataType.mapOf(key, value)));
        }
        return scalarColumn(plain.kind());
    }

    private static Optional<DataType> scalarColumn(CelKind kind) {
        return switch (kind) {
            case INT, UINT -> Optional.of(DataType.INT64);
            case DOUBLE -> Optional.of(DataType.FLOAT64);
            case BOOL -> Optional.of(DataType.BOOLEAN);
            case STRING -> Optional.of(DataType.STRING);
            case BYTES -> Optional.of(DataType.BYTES);
            case TIMESTAMP -> Optional.of(DataType.TIMESTAMP);
            default -> Optional.empty();
        };
    }
}
