package dev.penstock.connector.postgres;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a table, as the catalog has it: with case, without quotes.
 *
 * @param schema the namespace it is in
 * @param name its name there
 */
record TableName(String schema, String name) implements Comparable<TableName> {
    private static final String PART = "([^.\"]{1,63}|\"(?:[^\"]|\"\"){1,63}\")";
    static final Pattern FORM = Pattern.compile("(?:" + PART + "\\.)?" + PART);

    TableName {
        requireNonNull(schema, "schema");
        requireNonNull(name, "name");
    }

    /** The table that {@code text} names: {@code orders}, {@code shop.orders} or {@code "Shop"."Orders.2026"}. */
    static Optional<TableName> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String schema = matcher.group(1);
        return Optional.of(new TableName(schema == null ? "public" : unquoted(schema), unquoted(matcher.group(2))));
    }

    static String unquoted(String part) {
        return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }

    /** As SQL writes it. */
    String sql() {
        return Sql.name(schema) + "." + Sql.name(name);
    }

    @Override
    public int compareTo(TableName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
