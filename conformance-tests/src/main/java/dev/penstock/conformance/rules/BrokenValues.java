package dev.penstock.conformance.rules;

import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values that a setting must refuse, and some that it must take, worked out from what its spec says of it. */
final class BrokenValues {
    private BrokenValues() {}

    /**
     * A value that must be refused.
     *
     * @param value as it would be written
     * @param code the kind of problem that must be found
     */
    record Broken(Object value, Problem.Code code) {}

    static List<Broken> of(ConfigKey<?> key) {
        List<Broken> broken = new ArrayList<>();
        wrongTypes(key.type()).forEach(value -> broken.add(new Broken(value, code(key.type()))));
        key.min().ifPresent(min -> broken.add(new Broken(written(key, min - 1), Problem.Code.OUT_OF_RANGE)));
        key.max().ifPresent(max -> broken.add(new Broken(written(key, max + 1), Problem.Code.OUT_OF_RANGE)));
        if (!key.type().allowed().isEmpty()) {
            String one = key.type().allowed().get(0);
            broken.add(new Broken(one.toUpperCase(Locale.ROOT), code(key.type())));
            broken.add(new Broken("no-such-choice", code(key.type())));
            broken.add(new Broken("", code(key.type())));
        }
        if (key.required() && key.type().equals(ConfigType.STRING)) {
            broken.add(new Broken("", Problem.Code.MISSING));
            broken.add(new Broken("  ", Problem.Code.MISSING));
        }
        broken.removeIf(one -> isNegative(one.value));
        return broken;
    }

    /** Values at the edges of what is allowed. */
    static List<Object> edges(ConfigKey<?> key) {
        List<Object> edges = new ArrayList<>(key.type().allowed());
        key.min().ifPresent(min -> edges.add(written(key, min)));
        key.max().ifPresent(max -> edges.add(written(key, max)));
        if (key.type().equals(ConfigType.BOOLEAN)) {
            edges.addAll(List.of(true, false, "true", "false"));
        }
        return edges;
    }

    private static List<Object> wrongTypes(ConfigType<?> type) {
        return switch (type.jsonType()) {
            case "integer" -> List.of("many", 1.5, Map.of("a", 1), "99999999999999999999");
            case "number" -> List.of("many", List.of(1));
            case "boolean" -> List.of("maybe", "TRUE", 1);
            case "object" -> List.of("text", 7);
            case "array" -> List.of(Map.of("a", 1));
            case "string" -> wrongTexts(type);
            default -> List.of();
        };
    }

    private static List<Object> wrongTexts(ConfigType<?> type) {
        List<Object> wrong = new ArrayList<>(List.of(Map.of("a", 1), List.of("a", "b")));
        if (type.equals(ConfigType.DURATION) || type.equals(ConfigType.SIZE)) {
            wrong.addAll(List.of("soon", "10 parsecs", ""));
        }
        return wrong;
    }

    private static Problem.Code code(ConfigType<?> type) {
        return type.allowed().isEmpty() ? Problem.Code.WRONG_TYPE : Problem.Code.NOT_ALLOWED;
    }

    /** Lengths of time and sizes have no minus sign, so nothing below zero can be written. */
    private static boolean isNegative(Object value) {
        return value instanceof String text && text.matches("-\\d+ *(ms|B)");
    }

    private static Object written(ConfigKey<?> key, long number) {
        if (key.type().equals(ConfigType.DURATION)) {
            return number + "ms";
        }
        return key.type().equals(ConfigType.SIZE) ? number + "B" : (Object) number;
    }
}
