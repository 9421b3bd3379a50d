package dev.penstock.dataflow;

import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows, settings and schemas as JSON, for people and editors; records of pipelines are written by encoders.
 *
 * <p>Times are ISO-8601, binary values Base64, decimals plain numbers, and numbers that JSON lacks are texts.
 */
public final class JsonText {
    private static final String INDENT = "  ";
    private static final int LINE = 100;

    private JsonText() {}

    /** {@code value} in one line. */
    public static String compact(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        append(json, value);
        return json.toString();
    }

    /** {@code value} over several lines where it is long. */
    public static String pretty(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        pretty(json, value, "");
        return json.toString();
    }

    /** {@code row} as an object, in one line. */
    public static String of(Row row) {
        return compact(row);
    }

    private static void pretty(StringBuilder json, @Nullable Object value, String indent) {
        String line = compact(value);
        if (indent.length() + line.length() <= LINE || !(value instanceof Map || value instanceof Collection)) {
            json.append(line);
            return;
        }
        String deeper = indent + INDENT;
        if (value instanceof Map<?, ?> map) {
            json.append('{');
            map.forEach((name, member) -> {
                separate(json.append(json.charAt(json.length() - 1) == '{' ? "" : ","), deeper);
                quote(json, String.valueOf(name));
                pretty(json.append(": "), member, deeper);
            });
            separate(json, indent);
            json.append('}');
        } else if (value instanceof Collection<?> list) {
            json.append('[');
            boolean first = true;
            for (Object element : list) {
                separate(json.append(first ? "" : ","), deeper);
                pretty(json, element, deeper);
                first = false;
            }
            separate(json, indent);
            json.append(']');
        }
    }

    private static void separate(StringBuilder json, String indent) {
        json.append('\n').append(indent);
    }

    private static void append(StringBuilder json, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            appendMap(json, map);
        } else if (value instanceof Collection<?> list) {
            appendList(json, list);
        } else if (value instanceof Row row) {
            appendMap(json, members(row));
        } else if (value instanceof float[] vector) {
            appendList(json, elements(vector));
        } else {
            appendScalar(json, value);
        }
    }

    private static Map<String, @Nullable Object> members(Row row) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < row.schema().size(); i++) {
            Object value = row.get(i);
            boolean json = row.schema().field(i).type() == DataType.JSON && value != null;
            members.put(row.schema().field(i).name(), json ? new Raw(String.valueOf(value)) : value);
        }
        return members;
    }

    /** What is JSON already. */
    private record Raw(String json) {}

    private static List<Float> elements(float[] vector) {
        List<Float> elements = new ArrayList<>(vector.length);
        for (float element : vector) {
            elements.add(element);
        }
        return elements;
    }

    private static void appendMap(StringBuilder json, Map<?, ?> map) {
        json.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            quote(json.append(separator), String.valueOf(entry.getKey()));
            append(json.append(':'), entry.getValue());
            separator = ",";
        }
        json.append('}');
    }

    private static void appendList(StringBuilder json, Collection<?> list) {
        json.append('[');
        String separator = "";
        for (Object element : list) {
            append(json.append(separator), element);
            separator = ",";
        }
        json.append(']');
    }

    private static void appendScalar(StringBuilder json, @Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            json.append(value);
        } else if (value instanceof Raw raw) {
            json.append(raw.json());
        } else if (value instanceof BigDecimal number) {
            json.append(number.toPlainString());
        } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            json.append(number);
        } else {
            quote(json, text(value));
        }
    }

    private static String text(Object value) {
        if (value instanceof Bytes bytes) {
            return Base64.getEncoder().encodeToString(bytes.toArray());
        }
        return value instanceof Enum<?> constant ? ConfigType.kebab(constant) : value.toString();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (character < 0x20) {
                        json.append(String.format("\\u%04x", (int) character));
                    } else {
                        json.append(character);
                    }
                }
            }
        }
        json.append('"');
    }
}
