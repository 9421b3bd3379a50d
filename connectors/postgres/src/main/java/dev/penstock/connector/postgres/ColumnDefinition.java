package dev.penstock.connector.postgres;

import dev.penstock.spi.data.DataType;
import java.util.Optional;

/** The types that columns get which this connector makes. */
record ColumnDefinition(boolean hasVectors) {
    /** The type for values of {@code type}, if there is one. */
    Optional<String> of(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return Optional.of("numeric(" + decimal.precision() + "," + decimal.scale() + ")");
        }
        if (type instanceof DataType.Timestamp timestamp) {
            return Optional.of(timestamp.zoned() ? "timestamptz" : "timestamp");
        }
        if (type instanceof DataType.ListOf list) {
            return of(list.element())
                    .filter(element -> !element.startsWith("vector"))
                    .map(element -> element + "[]");
        }
        if (type instanceof DataType.FixedList vector) {
            boolean fits = hasVectors && vector.element() == DataType.FLOAT32;
            return fits
                    ? Optional.of("vector(" + vector.size() + ")")
                    : of(vector.element()).map(one -> one + "[]");
        }
        return type instanceof DataType.Scalar scalar ? Optional.of(scalar(scalar)) : Optional.empty();
    }

    private static String scalar(DataType.Scalar type) {
        return switch (type) {
            case BOOLEAN -> "boolean";
            case INT8, INT16 -> "smallint";
            case INT32 -> "integer";
            case INT64 -> "bigint";
            case FLOAT32 -> "real";
            case FLOAT64 -> "double precision";
            case STRING -> "text";
            case BYTES -> "bytea";
            case DATE -> "date";
            case TIME -> "time";
            case UUID -> "uuid";
            case JSON -> "jsonb";
        };
    }
}
