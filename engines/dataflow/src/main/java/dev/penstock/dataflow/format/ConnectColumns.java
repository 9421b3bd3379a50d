package dev.penstock.dataflow.format;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.ArrayList;
import java.util.List;

/** The columns that hold what schemas of Kafka Connect describe, semantic types of Debezium included. */
final class ConnectColumns {
    /** Of decimals whose schema has a scale and no precision. */
    private static final int USUAL_PRECISION = 38;

    private ConnectColumns() {}

    /** The type of column that loses nothing of values of {@code type}. */
    static DataType type(ConnectType type) {
        return switch (type.name()) {
            case ConnectType.DECIMAL -> decimal(type);
            case ConnectType.VARIABLE_SCALE_DECIMAL, "io.debezium.time.ZonedTime" -> DataType.STRING;
            case ConnectType.JSON -> DataType.JSON;
            case ConnectType.UUID -> DataType.UUID;
            case ConnectType.DATE, "io.debezium.time.IsoDate", "org.apache.kafka.connect.data.Date" -> DataType.DATE;
            case ConnectType.MICRO_TIME,
                    "io.debezium.time.Time",
                    "io.debezium.time.IsoTime",
                    "org.apache.kafka.connect.data.Time" -> DataType.TIME;
            case ConnectType.ZONED_TIMESTAMP -> DataType.TIMESTAMP;
            case ConnectType.MICRO_TIMESTAMP,
                    "io.debezium.time.Timestamp",
                    "io.debezium.time.IsoTimestamp",
                    "org.apache.kafka.connect.data.Timestamp" ->
                new DataType.Timestamp(DataType.Precision.MICROS, false);
            case ConnectType.NANO_TIMESTAMP -> new DataType.Timestamp(DataType.Precision.NANOS, false);
            default -> physical(type);
        };
    }

    private static DataType decimal(ConnectType type) {
        int scale = type.number(ConnectType.SCALE).orElse(0);
        int precision = type.number(ConnectType.PRECISION).orElse(Math.max(USUAL_PRECISION, scale));
        return scale < 0 || precision < Math.max(1, scale) ? DataType.STRING : DataType.decimal(precision, scale);
    }

    private static DataType physical(ConnectType type) {
        return switch (type.kind()) {
            case "boolean" -> DataType.BOOLEAN;
            case "int8" -> DataType.INT8;
            case "int16" -> DataType.INT16;
            case "int32" -> DataType.INT32;
            case "int64" -> DataType.INT64;
            case "float" -> DataType.FLOAT32;
            case "double" -> DataType.FLOAT64;
            case "string" -> DataType.STRING;
            case "bytes" -> DataType.BYTES;
            case "array" -> DataType.listOf(type(type.elements()));
            case "map" -> DataType.mapOf(DataType.STRING, type(type.elements()));
            case "struct" -> struct(type);
            default -> DataType.JSON;
        };
    }

    private static DataType struct(ConnectType type) {
        List<Field> fields = new ArrayList<>();
        type.fields().forEach((name, field) -> fields.add(Field.of(name, type(field))));
        return fields.isEmpty() ? DataType.JSON : new DataType.Struct(fields);
    }
}
