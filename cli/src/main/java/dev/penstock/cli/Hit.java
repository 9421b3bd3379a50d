package dev.penstock.cli;

import dev.penstock.spi.Search;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Row;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One row that a search found, as it is shown. */
final class Hit {
    /** The columns of documents that are shown by themselves; all others come in a line below. */
    private static final List<String> SPECIAL = List.of("path", "heading", "text", Search.SCORE);

    private static final int SNIPPET = 320;

    private Hit() {}

    static Map<String, Object> asMap(Row row) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(Search.SCORE, row.get(Search.SCORE));
        row.schema().fields().stream()
                .filter(field -> !isVector(field))
                .forEach(field -> map.put(field.name(), row.get(field.name())));
        return map;
    }

    static void print(int rank, Row row, PrintStream out) {
        String place = text(row, "path").orElse("")
                + text(row, "heading").map(heading -> " > " + heading).orElse("");
        out.println(String.format(
                Locale.ROOT,
                "%d. %.3f  %s",
                rank,
                row.get(Search.SCORE, Double.class),
                place.isEmpty() ? others(row) : place));
        text(row, "text").ifPresent(text -> wrap(snippet(text)).forEach(line -> out.println("   " + line)));
        out.println();
    }

    private static Optional<String> text(Row row, String column) {
        return row.schema().find(column).isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(row.get(column)).map(Object::toString).filter(text -> !text.isBlank());
    }

    private static String others(Row row) {
        return row.schema().fields().stream()
                .filter(field -> !isVector(field) && !SPECIAL.contains(field.name()))
                .map(field -> field.name() + "=" + row.get(field.name()))
                .collect(Collectors.joining("  "));
    }

    private static boolean isVector(Field field) {
        return field.type() instanceof DataType.FixedList;
    }

    private static String snippet(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= SNIPPET ? line : line.substring(0, line.offsetByCodePoints(0, SNIPPET)) + " ...";
    }

    private static List<String> wrap(String text) {
        return text.replaceAll("(.{1,96})(?:\\s+|$)", "$1\n").lines().toList();
    }
}
