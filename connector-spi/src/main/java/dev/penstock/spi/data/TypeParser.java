package dev.penstock.spi.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a {@link DataType} from its {@link DataType#text() text}. */
public final class TypeParser {
    private final String text;
    private int at;

    private TypeParser(String text) {
        this.text = text;
    }

    /**
     * The type that {@code text} names.
     *
     * @throws IllegalArgumentException naming the text and what was expected
     */
    public static DataType parse(String text) {
        TypeParser parser = new TypeParser(text.strip());
        DataType type = parser.type();
        if (parser.at != parser.text.length()) {
            throw parser.expected("the end");
        }
        return type;
    }

    private DataType type() {
        String word = word().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "string", "text" -> DataType.STRING;
            case "int", "integer" -> DataType.INT32;
            case "long", "bigint" -> DataType.INT64;
            case "float" -> DataType.FLOAT32;
            case "double" -> DataType.FLOAT64;
            case "decimal" -> decimal();
            case "timestamp" -> new DataType.Timestamp(precision(), true);
            case "local-timestamp" -> new DataType.Timestamp(precision(), false);
            case "vector" -> vector();
            case "list" -> list();
            case "map" -> map();
            case "struct" -> struct();
            default -> scalar(word);
        };
    }

    private DataType scalar(String word) {
        for (DataType.Scalar scalar : DataType.Scalar.values()) {
            if (scalar.text().equals(word)) {
                return scalar;
            }
        }
        throw new IllegalArgumentException("Cannot read type '" + text + "': '" + word
                + "' is not a type; use boolean, int8, int16, int32, int64, float32, float64, decimal(p,s), string, bytes, date, time,"
                + " timestamp, local-timestamp, uuid, json, vector(n), list<t>, map<k,v> or struct<name:t,...>");
    }

    private DataType decimal() {
        expect('(');
        int precision = number();
        int scale = accept(',') ? number() : 0;
        expect(')');
        return DataType.decimal(precision, scale);
    }

    private DataType.Precision precision() {
        if (!accept('(')) {
            return DataType.Precision.MICROS;
        }
        String unit = word();
        expect(')');
        return switch (unit) {
            case "us" -> DataType.Precision.MICROS;
            case "ns" -> DataType.Precision.NANOS;
            default -> throw expected("us or ns");
        };
    }

    private DataType vector() {
        expect('(');
        int size = number();
        DataType element = accept(',') ? type() : DataType.FLOAT32;
        expect(')');
        return new DataType.FixedList(element, size);
    }

    private DataType list() {
        expect('<');
        DataType element = type();
        expect('>');
        return DataType.listOf(element);
    }

    private DataType map() {
        expect('<');
        DataType key = type();
        expect(',');
        DataType value = type();
        expect('>');
        return DataType.mapOf(key, value);
    }

    private DataType struct() {
        expect('<');
        List<Field> fields = new ArrayList<>();
        do {
            String name = word();
            expect(':');
            fields.add(Field.of(name, type()));
        } while (accept(','));
        expect('>');
        return new DataType.Struct(fields);
    }

    private String word() {
        skipSpace();
        int start = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw expected("a name");
        }
        return text.substring(start, at);
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private int number() {
        String word = word();
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw expected("a number");
        }
    }

    private boolean accept(char c) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw expected("'" + c + "'");
        }
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private IllegalArgumentException expected(String what) {
        return new IllegalArgumentException(
                "Cannot read type '" + text + "': expected " + what + " at character " + (at + 1));
    }
}
