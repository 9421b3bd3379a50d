package dev.penstock.dataflow.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A type as the schema in a message of Kafka Connect describes it.
 *
 * @param kind the physical type, for example {@code int64}; empty if nothing is known
 * @param name the semantic type, for example {@code io.debezium.time.Date}; empty if there is none
 * @param parameters of the semantic type
 * @param element the type of elements of arrays and of values of maps
 * @param fields of structs, in their order
 */
record ConnectType(
        String kind,
        String name,
        Map<String, String> parameters,
        Optional<ConnectType> element,
        Map<String, ConnectType> fields) {
    /** Of values that come without a schema. */
    static final ConnectType UNKNOWN = new ConnectType("", "", Map.of(), Optional.empty(), Map.of());

    static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";
    static final String VARIABLE_SCALE_DECIMAL = "io.debezium.data.VariableScaleDecimal";
    static final String DATE = "io.debezium.time.Date";
    static final String MICRO_TIME = "io.debezium.time.MicroTime";
    static final String MICRO_TIMESTAMP = "io.debezium.time.MicroTimestamp";
    static final String NANO_TIMESTAMP = "io.debezium.time.NanoTimestamp";
    static final String ZONED_TIMESTAMP = "io.debezium.time.ZonedTimestamp";
    static final String UUID = "io.debezium.data.Uuid";
    static final String JSON = "io.debezium.data.Json";
    static final String SCALE = "scale";
    static final String PRECISION = "connect.decimal.precision";

    /** Whether a schema says what the values are. */
    boolean isKnown() {
        return !kind.isEmpty();
    }

    /** The type of elements, unknown if this is none of arrays. */
    ConnectType elements() {
        return element.orElse(UNKNOWN);
    }

    /** The type of the field {@code field}, unknown if there is none. */
    ConnectType field(String field) {
        return fields.getOrDefault(field, UNKNOWN);
    }

    /** A number among the parameters. */
    Optional<Integer> number(String parameter) {
        try {
            return Optional.ofNullable(parameters.get(parameter)).map(Integer::valueOf);
        } catch (NumberFormatException e) {
            throw new ValueException("malformed schema: parameter '" + parameter + "' is no number");
        }
    }

    /** The schema that {@code tree}, as {@link JsonTree} reads it, describes. */
    static ConnectType parse(Object tree) {
        if (!(tree instanceof Map<?, ?> schema)) {
            throw new ValueException("malformed schema: expected an object");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        if (schema.get("parameters") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> parameters.put(key.toString(), value.toString()));
        }
        Object element = schema.containsKey("items") ? schema.get("items") : schema.get("values");
        return new ConnectType(
                text(schema.get("type")),
                text(schema.get("name")),
                Map.copyOf(parameters),
                element == null ? Optional.empty() : Optional.of(parse(element)),
                fields(schema.get("fields")));
    }

    private static Map<String, ConnectType> fields(@Nullable Object tree) {
        Map<String, ConnectType> fields = new LinkedHashMap<>();
        if (tree instanceof List<?> list) {
            for (Object field : list) {
                ConnectType type = parse(field);
                fields.put(text(((Map<?, ?>) field).get("field")), type);
            }
        }
        return fields;
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
