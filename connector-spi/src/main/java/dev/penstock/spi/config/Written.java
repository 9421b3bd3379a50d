package dev.penstock.spi.config;

import java.util.List;
import java.util.Map;

/** Defaults and examples, which are kept as text, as the pipeline file would give them. */
final class Written {
    private Written() {}

    static Object value(ConfigType<?> type, String text) {
        return switch (type.jsonType()) {
            case "array" -> text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*"));
            case "object" -> Map.of();
            default -> text;
        };
    }
}
