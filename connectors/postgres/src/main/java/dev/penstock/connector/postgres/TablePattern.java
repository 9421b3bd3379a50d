package dev.penstock.connector.postgres;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which tables are meant: one by its name, or all whose names look alike.
 *
 * @param text as the settings have it
 * @param schema what the schema must look like
 * @param name what the name must look like
 * @param single the table, if it can be no other
 */
record TablePattern(String text, Pattern schema, Pattern name, Optional<TableName> single) {
    private static final String ANY = "*";

    /** The tables that {@code text} means: {@code orders}, {@code shop.orders}, {@code shop.*} or {@code *."A*"}. */
    static Optional<TablePattern> parse(String text) {
        Matcher parts = TableName.FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String schema = parts.group(1) == null ? "public" : parts.group(1);
        String name = parts.group(2);
        boolean isSingle = !isPattern(schema) && !isPattern(name);
        return Optional.of(new TablePattern(
                text, pattern(schema), pattern(name), isSingle ? TableName.parse(text) : Optional.empty()));
    }

    private static boolean isPattern(String part) {
        return !part.startsWith("\"") && part.contains(ANY);
    }

    private static Pattern pattern(String part) {
        if (!isPattern(part)) {
            return Pattern.compile(Pattern.quote(TableName.unquoted(part)));
        }
        return Pattern.compile(
                Stream.of(part.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
    }

    boolean matches(TableName table) {
        return schema.matcher(table.schema()).matches()
                && name.matcher(table.name()).matches();
    }
}
