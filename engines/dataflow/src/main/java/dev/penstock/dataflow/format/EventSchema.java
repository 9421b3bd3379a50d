package dev.penstock.dataflow.format;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the schema of change events of a table, as the converter of Kafka Connect reads it. */
final class EventSchema {
    private static final String SOURCE = """
            {"type":"struct","fields":[\
            {"type":"string","optional":false,"field":"version"},\
            {"type":"string","optional":false,"field":"connector"},\
            {"type":"string","optional":false,"field":"name"},\
            {"type":"int64","optional":true,"field":"ts_ms"},\
            {"type":"int64","optional":true,"field":"ts_us"},\
            {"type":"string","optional":true,"field":"snapshot"},\
            {"type":"string","optional":false,"field":"db"},\
            {"type":"string","optional":true,"field":"schema"},\
            {"type":"string","optional":false,"field":"table"}],\
            "optional":false,"name":"dev.penstock.Source","field":"source"}""";

    private EventSchema() {}

    /** The schema of events whose rows have the columns of {@code table}; {@code name} is that of the table. */
    static String of(Schema table, String name) {
        String row = fields(table.fields());
        return "{\"type\":\"struct\",\"fields\":[" + row(row, name, "before") + "," + row(row, name, "after") + ","
                + SOURCE + ",{\"type\":\"string\",\"optional\":false,\"field\":\"op\"},"
                + "{\"type\":\"int64\",\"optional\":true,\"field\":\"ts_ms\"}],\"optional\":false,\"name\":"
                + text(name + ".Envelope") + ",\"version\":1}";
    }

    private static String row(String fields, String name, String field) {
        return "{\"type\":\"struct\",\"fields\":" + fields + ",\"optional\":true,\"name\":" + text(name + ".Value")
                + ",\"field\":\"" + field + "\"}";
    }

    private static String fields(List<Field> fields) {
        return fields.stream()
                .map(field -> type(field.type(), ",\"field\":" + text(field.name())))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Everything is optional: of a row that is gone, only the key need be known. */
    private static String type(DataType type, String more) {
        if (type instanceof DataType.ListOf list) {
            return physical("array", ",\"items\":" + type(list.element(), "") + more);
        }
        if (type instanceof DataType.FixedList list) {
            return physical("array", ",\"items\":" + type(list.element(), "") + more);
        }
        if (type instanceof DataType.Struct struct) {
            return physical("struct", ",\"fields\":" + fields(struct.fields()) + more);
        }
        if (type instanceof DataType.MapOf map) {
            return physical(
                    "map",
                    ",\"keys\":{\"type\":\"string\",\"optional\":false},\"values\":" + type(map.value(), "") + more);
        }
        if (type instanceof DataType.Decimal decimal) {
            Map<String, Integer> parameters =
                    Map.of(ConnectType.SCALE, decimal.scale(), ConnectType.PRECISION, decimal.precision());
            return named("bytes", ConnectType.DECIMAL, parameters(parameters) + more);
        }
        return type instanceof DataType.Timestamp timestamp
                ? timestamp(timestamp, more)
                : scalar((DataType.Scalar) type, more);
    }

    private static String parameters(Map<String, Integer> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> text(parameter.getKey()) + ":\"" + parameter.getValue() + "\"")
                .sorted()
                .collect(Collectors.joining(",", ",\"parameters\":{", "}"));
    }

    private static String timestamp(DataType.Timestamp type, String more) {
        if (type.zoned()) {
            return named("string", ConnectType.ZONED_TIMESTAMP, more);
        }
        return named(
                "int64",
                type.precision() == DataType.Precision.NANOS ? ConnectType.NANO_TIMESTAMP : ConnectType.MICRO_TIMESTAMP,
                more);
    }

    private static String scalar(DataType.Scalar type, String more) {
        return switch (type) {
            case BOOLEAN, INT8, INT16, INT32, INT64, STRING, BYTES -> physical(type.text(), more);
            case FLOAT32 -> physical("float", more);
            case FLOAT64 -> physical("double", more);
            case DATE -> named("int32", ConnectType.DATE, more);
            case TIME -> named("int64", ConnectType.MICRO_TIME, more);
            case UUID -> named("string", ConnectType.UUID, more);
            case JSON -> named("string", ConnectType.JSON, more);
        };
    }

    private static String named(String kind, String name, String more) {
        return physical(kind, ",\"name\":\"" + name + "\",\"version\":1" + more);
    }

    private static String physical(String kind, String more) {
        return "{\"type\":\"" + kind + "\",\"optional\":true" + more + "}";
    }

    private static String text(String text) {
        return JsonStrings.quoted(text);
    }
}
