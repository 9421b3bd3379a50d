package dev.penstock.conformance.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object of a JSON text.
 *
 * @param members by name: objects as maps, arrays as lists, texts, numbers, booleans; nulls are left out
 */
public record JsonTree(Map<String, ?> members) {
    private static final JsonFactory FACTORY = new JsonFactory();

    public JsonTree {
        requireNonNull(members, "members");
    }

    /**
     * Reads an object.
     *
     * @throws IOException if the text is none
     */
    public static JsonTree read(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            return new JsonTree(object(parser));
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> parser.getText();
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                object.put(name, value(parser));
            }
        }
        return object;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    /** An object in it. */
    public JsonTree in(String name) {
        return of(member(name));
    }

    /** An array in it. */
    public List<?> list(String name) {
        return (List<?>) member(name);
    }

    /** The objects of an array in it. */
    public List<JsonTree> objects(String name) {
        return list(name).stream().map(JsonTree::of).toList();
    }

    /** The texts of an array in it. */
    public List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    /** A text in it. */
    public String text(String name) {
        return String.valueOf(member(name));
    }

    /** A text in it, if there is one. */
    public Optional<String> findText(String name) {
        return Optional.ofNullable(members.get(name)).map(Object::toString);
    }

    /** A number in it. */
    public double number(String name) {
        return ((Number) member(name)).doubleValue();
    }

    /** Truth in it. */
    public boolean flag(String name) {
        return (Boolean) member(name);
    }

    @SuppressWarnings("unchecked") // maps come from object() alone
    private static JsonTree of(Object member) {
        return new JsonTree((Map<String, ?>) member);
    }

    private Object member(String name) {
        Object member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException("Cannot find '" + name + "' in " + members.keySet());
        }
        return member;
    }
}
