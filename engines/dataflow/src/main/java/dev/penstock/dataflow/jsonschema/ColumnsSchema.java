package dev.penstock.dataflow.jsonschema;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the JSON Schema of objects that hold the columns of rows. */
final class ColumnsSchema {
    private ColumnsSchema() {}

    /** The schema as maps and lists. */
    static Map<String, Object> of(String title, List<Field> fields) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", title);
        schema.putAll(object(fields));
        return schema;
    }

    private static Map<String, Object> object(List<Field> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>();
        for (Field field : fields) {
            properties.put(field.name(), field.nullable() ? nullable(field.type()) : type(field.type()));
            if (!field.nullable()) {
                required.add(field.name());
            }
        }
        Map<String, Object> schema = ordered("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static Map<String, Object> nullable(DataType type) {
        return type == DataType.JSON ? Map.of() : ordered("oneOf", List.of(ordered("type", "null"), type(type)));
    }

    private static Map<String, Object> type(DataType type) {
        if (type instanceof DataType.ListOf list) {
            return array(nullable(list.element()));
        }
        if (type instanceof DataType.FixedList vector) {
            return array(type(vector.element()));
        }
        if (type instanceof DataType.Struct struct) {
            return object(struct.fields());
        }
        if (type instanceof DataType.MapOf map) {
            Map<String, Object> schema = ordered("type", "object");
            schema.put("additionalProperties", nullable(map.value()));
            return schema;
        }
        if (type instanceof DataType.Timestamp timestamp) {
            return timestamp.zoned() ? string("date-time") : ordered("type", "string");
        }
        return type instanceof DataType.Scalar scalar ? scalar(scalar) : ordered("type", "number");
    }

    private static Map<String, Object> scalar(DataType.Scalar type) {
        return switch (type) {
            case BOOLEAN -> ordered("type", "boolean");
            case INT8, INT16, INT32, INT64 -> ordered("type", "integer");
            case FLOAT32, FLOAT64 -> ordered("type", "number");
            case STRING, TIME -> ordered("type", "string");
            case BYTES -> {
                Map<String, Object> schema = ordered("type", "string");
                schema.put("contentEncoding", "base64");
                yield schema;
            }
            case DATE -> string("date");
            case UUID -> string("uuid");
            case JSON -> Map.of();
        };
    }

    private static Map<String, Object> array(Map<String, Object> items) {
        Map<String, Object> schema = ordered("type", "array");
        schema.put("items", items);
        return schema;
    }

    private static Map<String, Object> string(String format) {
        Map<String, Object> schema = ordered("type", "string");
        schema.put("format", format);
        return schema;
    }

    private static Map<String, Object> ordered(String name, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }
}
