package dev.penstock.cli;

import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes maps, collections, texts, numbers, booleans and nulls as JSON; anything else as its text. */
final class Json {
    private Json() {}

    static String of(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue()) ? number.toString() : "null";
        }
        if (value instanceof Map<?, ?> map) {
            StringJoiner members = new StringJoiner(",", "{", "}");
            map.forEach((name, member) -> members.add(quoted(String.valueOf(name)) + ":" + of(member)));
            return members.toString();
        }
        if (value instanceof Collection<?> collection) {
            StringJoiner elements = new StringJoiner(",", "[", "]");
            collection.forEach(element -> elements.add(of(element)));
            return elements.toString();
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(character -> {
            switch (character) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> append(json, (char) character);
            }
        });
        return json.append('"').toString();
    }

    private static void append(StringBuilder json, char character) {
        if (character < ' ' || Character.isSurrogate(character)) {
            json.append(String.format("\\u%04x", (int) character));
        } else {
            json.append(character);
        }
    }
}
