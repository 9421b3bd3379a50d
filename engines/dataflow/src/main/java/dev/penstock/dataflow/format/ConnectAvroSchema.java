package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads schemas in Avro that a converter of Kafka Connect has made, with what it notes in them of the types they had in
 * Connect: {@code connect.name}, {@code connect.type} and {@code connect.parameters}.
 */
final class ConnectAvroSchema {
    private static final Set<String> PRIMITIVES =
            Set.of("null", "boolean", "int", "long", "float", "double", "string", "bytes");
    private static final String NULL = "null";
    private static final String NAME = "name";

    private final Map<String, ConnectAvro> named = new HashMap<>();
    private final JsonTree trees = new JsonTree("");

    private ConnectAvroSchema() {}

    /**
     * What is written by {@code schema}.
     *
     * @param needed the schemas that it names types of, each before those that need it
     * @throws ValueException if it cannot be understood
     */
    static ConnectAvro parse(String schema, Collection<String> needed) {
        ConnectAvroSchema schemas = new ConnectAvroSchema();
        needed.forEach(schemas::read);
        return schemas.read(schema);
    }

    private ConnectAvro read(String schema) {
        byte[] text = schema.getBytes(UTF_8);
        return of(trees.read(text, 0, text.length), "");
    }

    private ConnectAvro of(@Nullable Object schema, String namespace) {
        if (schema instanceof String name) {
            return PRIMITIVES.contains(name) ? primitive(name, Map.of()) : known(fullName(name, namespace));
        }
        if (schema instanceof List<?> branches) {
            return union(branches, namespace);
        }
        if (!(schema instanceof Map<?, ?> object)) {
            throw new ValueException("malformed schema: a type is missing");
        }
        return object.get("type") instanceof String type
                ? of(type, object, namespace)
                : of(object.get("type"), namespace);
    }

    private ConnectAvro known(String name) {
        ConnectAvro type = named.get(name);
        if (type == null) {
            throw new ValueException(
                    "its schema names a type '" + name + "' that is not there, or is inside of itself");
        }
        return type;
    }

    private ConnectAvro of(String type, Map<?, ?> schema, String namespace) {
        return switch (type) {
            case "record" -> struct(schema, namespace);
            case "enum" -> named(schema, namespace, symbols(schema));
            case "fixed" -> named(schema, namespace, fixed(schema));
            case "array" -> {
                ConnectAvro element = of(schema.get("items"), namespace);
                yield new ConnectAvro(
                        type("array", schema, Optional.of(element.type()), Map.of()),
                        ConnectAvroJson.array(element),
                        1);
            }
            case "map" -> {
                ConnectAvro value = of(schema.get("values"), namespace);
                yield new ConnectAvro(
                        type("map", schema, Optional.of(value.type()), Map.of()), ConnectAvroJson.map(value), 1);
            }
            default -> PRIMITIVES.contains(type) ? primitive(type, schema) : known(fullName(type, namespace));
        };
    }

    private static ConnectAvro primitive(String type, Map<?, ?> schema) {
        int smallest = switch (type) {
            case NULL -> 0;
            case "float" -> Float.BYTES;
            case "double" -> Double.BYTES;
            default -> 1;
        };
        return new ConnectAvro(
                type(kind(type, schema), schema, Optional.empty(), Map.of()),
                ConnectAvroJson.primitive(type),
                smallest);
    }

    /** The type in Connect, where smaller numbers are types of their own. */
    private static String kind(String type, Map<?, ?> schema) {
        return switch (type) {
            case "int" -> schema.get("connect.type") instanceof String small ? small : "int32";
            case "long" -> "int64";
            case NULL -> "";
            default -> type;
        };
    }

    private ConnectAvro union(List<?> branches, String namespace) {
        List<ConnectAvro> all = new ArrayList<>();
        branches.forEach(branch -> all.add(of(branch, namespace)));
        List<ConnectAvro> values = all.stream()
                .filter(branch -> branch.smallest() > 0 || branch.type().isKnown())
                .toList();
        return new ConnectAvro(
                values.size() == 1 ? values.get(0).type() : ConnectType.UNKNOWN, ConnectAvroJson.union(all), 1);
    }

    private ConnectAvro struct(Map<?, ?> schema, String namespace) {
        String name = nameOf(schema, namespace);
        Map<String, ConnectAvro> fields = new LinkedHashMap<>();
        Map<String, ConnectType> types = new LinkedHashMap<>();
        int smallest = 0;
        if (schema.get("fields") instanceof List<?> list) {
            for (Object each : list) {
                Map<?, ?> field = each instanceof Map<?, ?> map ? map : Map.of();
                ConnectAvro value = of(field.get("type"), space(name));
                fields.put(text(field.get(NAME)), value);
                types.put(text(field.get(NAME)), value.type());
                smallest += value.smallest();
            }
        }
        ConnectType type = type("struct", schema, Optional.empty(), types);
        ConnectAvro made = new ConnectAvro(type, ConnectAvroJson.struct(fields), smallest);
        named.put(name, made);
        return made;
    }

    private ConnectAvro named(Map<?, ?> schema, String namespace, ConnectAvro type) {
        named.put(nameOf(schema, namespace), type);
        return type;
    }

    private static ConnectAvro symbols(Map<?, ?> schema) {
        List<String> symbols = schema.get("symbols") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return new ConnectAvro(type("string", schema, Optional.empty(), Map.of()), ConnectAvroJson.symbols(symbols), 1);
    }

    private static ConnectAvro fixed(Map<?, ?> schema) {
        int size = schema.get("size") instanceof Long bytes ? bytes.intValue() : 0;
        return new ConnectAvro(type("bytes", schema, Optional.empty(), Map.of()), ConnectAvroJson.fixed(size), size);
    }

    private static ConnectType type(
            String kind, Map<?, ?> schema, Optional<ConnectType> element, Map<String, ConnectType> fields) {
        Map<String, String> parameters = new HashMap<>();
        if ("decimal".equals(schema.get("logicalType"))) {
            parameters.put(ConnectType.SCALE, String.valueOf(schema.containsKey("scale") ? schema.get("scale") : 0));
            parameters.put(ConnectType.PRECISION, String.valueOf(schema.get("precision")));
        }
        if (schema.get("connect.parameters") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> parameters.put(String.valueOf(name), String.valueOf(value)));
        }
        return new ConnectType(kind, text(schema.get("connect.name")), parameters, element, fields);
    }

    private static String nameOf(Map<?, ?> schema, String namespace) {
        return fullName(
                text(schema.get(NAME)), schema.containsKey("namespace") ? text(schema.get("namespace")) : namespace);
    }

    private static String fullName(String name, String namespace) {
        return name.indexOf('.') >= 0 || namespace.isEmpty() ? name : namespace + "." + name;
    }

    private static String space(String fullName) {
        return fullName.substring(0, Math.max(0, fullName.lastIndexOf('.')));
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
