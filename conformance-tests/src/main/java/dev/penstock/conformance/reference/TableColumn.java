package dev.penstock.conformance.reference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table of the server, and what it takes.
 *
 * @param name of the column
 * @param type {@code string}, {@code boolean}, {@code float64} or {@code int8} to {@code int64}
 * @param nullable whether a row may lack it
 */
record TableColumn(String name, String type, boolean nullable) {
    /** The longest text that a table takes, in characters. */
    static final int MAX_TEXT = 1000;

    private static final Map<String, Integer> BITS = Map.of("int8", 8, "int16", 16, "int32", 32, "int64", 64);

    /** Columns as text: name, type and {@code null} or {@code required} a line, tabs between. */
    static String text(Collection<TableColumn> columns) {
        List<String> lines = new ArrayList<>();
        for (TableColumn column : columns) {
            lines.add(column.name + "\t" + column.type + "\t" + (column.nullable ? "null" : "required"));
        }
        return String.join("\n", lines);
    }

    /** The columns that {@link #text} wrote. */
    static List<TableColumn> parse(String text) {
        List<TableColumn> columns = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] parts = line.split("\t", -1);
            columns.add(new TableColumn(parts[0], parts[1], parts[2].equals("null")));
        }
        return columns;
    }

    /** Whether the server knows the type. */
    boolean isKnown() {
        return type.equals("string") || type.equals("boolean") || type.equals("float64") || BITS.containsKey(type);
    }

    /** Whether every value of {@code other} is a value of this column too, and stays what it is. */
    boolean takesAllOf(TableColumn other) {
        return type.equals(other.type)
                || (BITS.containsKey(type)
                        && BITS.containsKey(other.type)
                        && BITS.getOrDefault(other.type, 0) <= BITS.getOrDefault(type, 0));
    }

    /** Why {@code value} cannot be taken; empty if it can. */
    Optional<String> complaint(@Nullable String value) {
        if (value == null) {
            return nullable ? Optional.empty() : Optional.of("column '" + name + "' must have a value");
        }
        if (type.equals("string") && value.length() > MAX_TEXT) {
            return Optional.of("column '" + name + "' has " + value.length() + " characters, more than " + MAX_TEXT);
        }
        Integer bits = BITS.get(type);
        if (bits != null && !fits(Long.parseLong(value), bits)) {
            return Optional.of("column '" + name + "' has " + value + ", which is no " + type);
        }
        return Optional.empty();
    }

    private static boolean fits(long number, int bits) {
        int unused = Long.SIZE - bits;
        return number << unused >> unused == number;
    }
}
