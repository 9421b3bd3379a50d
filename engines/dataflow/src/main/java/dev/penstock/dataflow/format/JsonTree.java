package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON into maps, lists, strings, booleans and numbers: Long where it is whole and fits, else Double.
 *
 * <p>Not thread safe.
 */
public final class JsonTree {
    private final JsonScanner scanner = new JsonScanner();
    private final Object nullValue;

    /** A reader that gives {@code nullValue} for null. */
    public JsonTree(Object nullValue) {
        this.nullValue = nullValue;
    }

    /**
     * The value of the JSON text in bytes {@code from} to {@code to - 1}.
     *
     * @throws ValueException if it is malformed
     */
    public Object read(byte[] text, int from, int to) {
        scanner.start(text, from, to);
        Object value = value(0);
        scanner.requireEnd();
        return value;
    }

    private Object value(int depth) {
        if (depth > JsonScanner.DEEPEST) {
            throw new ValueException("malformed JSON: more than " + JsonScanner.DEEPEST + " levels");
        }
        return switch (scanner.peek()) {
            case '"' -> string();
            case '{' -> object(depth);
            case '[' -> array(depth);
            case 't', 'f' -> scanner.readBoolean();
            case 'n' -> {
                scanner.acceptNull();
                yield nullValue;
            }
            default -> number();
        };
    }

    private String string() {
        scanner.readString();
        return scanner.lastString();
    }

    private Object number() {
        int from = scanner.position();
        scanner.skipValue();
        String text = new String(scanner.text(), from, scanner.position() - from, UTF_8);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Double.parseDouble(text);
        }
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        scanner.expect('{');
        if (!scanner.accept('}')) {
            do {
                String name = string();
                scanner.expect(':');
                fields.put(name, value(depth + 1));
            } while (scanner.accept(','));
            scanner.expect('}');
        }
        return fields;
    }

    private List<Object> array(int depth) {
        List<Object> elements = new ArrayList<>();
        scanner.expect('[');
        if (!scanner.accept(']')) {
            do {
                elements.add(value(depth + 1));
            } while (scanner.accept(','));
            scanner.expect(']');
        }
        return elements;
    }
}
