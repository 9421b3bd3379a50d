package dev.penstock.dataflow;

import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.CrossRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings as JSON Schema. Wherever a value may stand, a text with a variable, {@code ${NAME}}, may too. */
final class SpecSchema {
    private static final List<String> TEXT = List.of("string", "number", "boolean");
    /** A text with a variable. */
    static final Map<String, Object> VARIABLE = ordered("type", "string", "pattern", "\\$\\{");

    private static final String DURATION = "^\\s*(\\d+\\s*(ms|s|m|min|h|d)|[Pp].+|.*\\$\\{.*)\\s*$";
    private static final String SIZE = "^\\s*(\\d+\\s*([Bb]|[KkMmGg][Ii]?[Bb])?|.*\\$\\{.*)\\s*$";

    private SpecSchema() {}

    /** A map that keeps its order, so that the schema is the same text on every run: key, value, key, value. */
    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }

    /** What {@code spec} takes: a mapping, or for a single key its value. */
    static Map<String, Object> of(ConfigSpec spec) {
        if (spec.isSingle()) {
            return of(spec.keys().get(0));
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        spec.keys().forEach(key -> put(properties, key));
        return object(properties, spec);
    }

    /** Adds {@code key} and its former names to {@code properties}. */
    static void put(Map<String, Object> properties, ConfigKey<?> key) {
        properties.put(key.name(), of(key));
        for (String alias : key.aliases()) {
            Map<String, Object> former = new LinkedHashMap<>(of(key));
            former.put("deprecated", true);
            former.put("description", "Write '" + key.name() + "'");
            properties.put(alias, former);
        }
    }

    /** A mapping with {@code properties} and nothing else, bound by what is required and ruled in {@code specs}. */
    static Map<String, Object> object(Map<String, Object> properties, ConfigSpec... specs) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        List<String> required = new ArrayList<>();
        List<Object> rules = new ArrayList<>();
        for (ConfigSpec spec : specs) {
            for (ConfigKey<?> key : spec.keys()) {
                if (key.required() && key.aliases().isEmpty()) {
                    required.add(key.name());
                } else if (key.required()) {
                    Stream<String> names = Stream.concat(Stream.of(key.name()), key.aliases().stream());
                    rules.add(ordered("anyOf", names.map(SpecSchema::given).toList()));
                }
            }
            spec.rules().forEach(rule -> rules.add(rule(rule)));
        }
        schema.put("required", required);
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        if (!rules.isEmpty()) {
            schema.put("allOf", rules);
        }
        return schema;
    }

    private static Map<String, Object> given(String... names) {
        return ordered("required", List.of(names));
    }

    private static Map<String, Object> rule(CrossRule rule) {
        if (rule instanceof CrossRule.Exclusive exclusive) {
            return notTwoOf(exclusive.keys());
        }
        if (rule instanceof CrossRule.OneOf oneOf) {
            return ordered("oneOf", oneOf.keys().stream().map(SpecSchema::given).toList());
        }
        if (rule instanceof CrossRule.Together together) {
            Map<String, Object> dependent = new LinkedHashMap<>();
            together.keys().forEach(key -> dependent.put(key, together.keys()));
            return ordered("dependentRequired", dependent);
        }
        if (rule instanceof CrossRule.When when) {
            return when(when);
        }
        return ordered("$comment", rule.text()); // a schema cannot compare two numbers
    }

    private static Map<String, Object> notTwoOf(List<String> keys) {
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            for (int j = i + 1; j < keys.size(); j++) {
                pairs.add(given(keys.get(i), keys.get(j)));
            }
        }
        return ordered("not", ordered("anyOf", pairs));
    }

    private static Map<String, Object> when(CrossRule.When rule) {
        Object value = rule.value() instanceof Enum<?> constant ? ConfigType.kebab(constant) : rule.value();
        ConfigKey<?> key = rule.key();
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("properties", ordered(key.name(), ordered("const", value)));
        // Without the key its default holds, and a condition on an absent key is true.
        if (!key.defaultText().equals(Optional.of(value.toString()))) {
            condition.put("required", List.of(key.name()));
        }
        Map<String, Object> then = new LinkedHashMap<>();
        if (!rule.required().isEmpty()) {
            then.put("required", rule.required());
        }
        if (!rule.forbidden().isEmpty()) {
            List<Object> each =
                    List.copyOf(rule.forbidden().stream().map(SpecSchema::given).toList());
            then.put("not", ordered("anyOf", each));
        }
        return ordered("if", condition, "then", then);
    }

    /** What {@code key} takes. */
    static Map<String, Object> of(ConfigKey<?> key) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", key.doc());
        schema.putAll(value(key));
        key.defaultText().ifPresent(text -> schema.put("default", typed(key, text)));
        key.example()
                .filter(example ->
                        !List.of("array", "object", "any").contains(key.type().jsonType()))
                .ifPresent(example -> schema.put("examples", List.of(typed(key, example))));
        return schema;
    }

    private static Map<String, Object> value(ConfigKey<?> key) {
        ConfigType<?> type = key.type();
        if (!type.allowed().isEmpty()) {
            return ordered("anyOf", List.of(ordered("enum", type.allowed()), VARIABLE));
        }
        if (type.equals(ConfigType.DURATION)) {
            return ordered("type", "string", "pattern", DURATION);
        }
        if (type.equals(ConfigType.SIZE)) {
            return ordered("type", List.of("string", "integer"), "pattern", SIZE);
        }
        return switch (type.jsonType()) {
            case "integer", "number" -> ordered("anyOf", List.of(number(key), VARIABLE));
            case "boolean" -> ordered("anyOf", List.of(ordered("type", "boolean"), VARIABLE));
            case "array" -> ordered("type", List.of("array", "string", "number", "boolean"), "items", text());
            case "object" -> ordered("type", "object", "additionalProperties", text());
            case "string" -> text();
            default -> Map.of();
        };
    }

    private static Map<String, Object> text() {
        return ordered("type", TEXT);
    }

    private static Map<String, Object> number(ConfigKey<?> key) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", key.type().jsonType());
        key.min().ifPresent(least -> schema.put("minimum", least));
        key.max().ifPresent(most -> schema.put("maximum", most));
        return schema;
    }

    private static Object typed(ConfigKey<?> key, String text) {
        return switch (key.type().jsonType()) {
            case "integer", "number", "boolean" -> YamlReader.plain(text).typed();
            case "array" -> text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*", -1));
            case "object" -> Map.of();
            default -> text;
        };
    }
}
