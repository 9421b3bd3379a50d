package dev.penstock.connector.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names and texts as SQL needs them. */
final class Sql {
    private Sql() {}

    /** A name, whatever is in it. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Names with commas. */
    static String names(Collection<String> names) {
        return names.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    /** A text, whatever is in it. */
    static String text(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
