package dev.penstock.dataflow.jsonschema;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns that hold what a JSON Schema describes: where it says one type, that; where it leaves a choice, or
 * repeats itself, json.
 */
final class SchemaColumns {
    private final Map<?, ?> root;
    private final Deque<String> references = new ArrayDeque<>();

    private SchemaColumns(Map<?, ?> root) {
        this.root = root;
    }

    /** A column for each property; none if the schema is not that of an object. */
    static List<Field> of(Map<?, ?> schema) {
        SchemaColumns columns = new SchemaColumns(schema);
        return columns.fields(columns.resolved(schema));
    }

    private List<Field> fields(Map<?, ?> schema) {
        List<Field> fields = new ArrayList<>();
        List<?> required = schema.get("required") instanceof List<?> names ? names : List.of();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) -> {
                Typed typed = typed(property);
                boolean nullable = typed.nullable || !required.contains(name);
                fields.add(
                        nullable ? Field.of(name.toString(), typed.type) : Field.required(name.toString(), typed.type));
            });
        }
        return fields;
    }

    /** A type, and whether null is one of its values. */
    private record Typed(DataType type, boolean nullable) {}

    private Typed typed(Object written) {
        if (!(written instanceof Map<?, ?> schema)) {
            return new Typed(DataType.JSON, true);
        }
        if (schema.get("$ref") instanceof String reference) {
            return references.contains(reference) ? new Typed(DataType.JSON, true) : referred(reference);
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.get(choice) instanceof List<?> options) {
                return ofChoice(options);
            }
        }
        return schema.get("type") instanceof List<?> names ? ofNames(names, schema) : single(schema);
    }

    private Typed referred(String reference) {
        references.push(reference);
        Typed typed = target(reference).map(this::typed).orElse(new Typed(DataType.JSON, true));
        references.pop();
        return typed;
    }

    private Map<?, ?> resolved(Map<?, ?> schema) {
        return schema.get("$ref") instanceof String reference
                ? target(reference)
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(Map.class::cast)
                        .orElse(schema)
                : schema;
    }

    /** What a reference inside of the schema leads to. */
    private Optional<Object> target(String reference) {
        Object at = root;
        if (!reference.startsWith("#/")) {
            return Optional.empty();
        }
        for (String part : reference.substring(2).split("/", -1)) {
            String name = part.replace("~1", "/").replace("~0", "~");
            Object next = at instanceof Map<?, ?> map ? map.get(name) : null;
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
        return at instanceof Map<?, ?> ? Optional.of(at) : Optional.empty();
    }

    private Typed ofChoice(List<?> options) {
        List<?> values = options.stream()
                .filter(option -> !(option instanceof Map<?, ?> map && "null".equals(map.get("type"))))
                .toList();
        return values.size() == 1
                ? new Typed(typed(values.get(0)).type, values.size() < options.size())
                : new Typed(DataType.JSON, true);
    }

    private Typed ofNames(List<?> names, Map<?, ?> schema) {
        List<?> values = names.stream().filter(name -> !"null".equals(name)).toList();
        return values.size() == 1
                ? new Typed(named(values.get(0).toString(), schema), values.size() < names.size())
                : new Typed(DataType.JSON, true);
    }

    private Typed single(Map<?, ?> schema) {
        Object name = schema.get("type");
        return name instanceof String text && !text.equals("null")
                ? new Typed(named(text, schema), false)
                : new Typed(DataType.JSON, true);
    }

    private DataType named(String name, Map<?, ?> schema) {
        return switch (name) {
            case "string" -> string(String.valueOf(schema.get("format")));
            case "integer" -> DataType.INT64;
            case "number" -> DataType.FLOAT64;
            case "boolean" -> DataType.BOOLEAN;
            case "array" ->
                schema.get("items") instanceof Map<?, ?> items
                        ? DataType.listOf(typed(items).type)
                        : DataType.listOf(DataType.JSON);
            case "object" -> object(schema);
            default -> DataType.JSON;
        };
    }

    private static DataType string(String format) {
        return switch (format) {
            case "date" -> DataType.DATE;
            case "date-time" -> DataType.TIMESTAMP;
            case "uuid" -> DataType.UUID;
            default -> DataType.STRING;
        };
    }

    private DataType object(Map<?, ?> schema) {
        List<Field> fields = fields(schema);
        if (!fields.isEmpty()) {
            return new DataType.Struct(fields);
        }
        return schema.get("additionalProperties") instanceof Map<?, ?> values
                ? DataType.mapOf(DataType.STRING, typed(values).type)
                : DataType.JSON;
    }
}
