package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How rows are written.
 *
 * @param kind append or upsert
 * @param key the columns that tell rows apart; empty for append
 * @param deleteBy the columns by which a DELETE row selects what is deleted; the key unless the pipeline says
 *     otherwise, for example {@code [path]} where the chunks of a document are the rows
 */
public record WriteMode(Kind kind, List<String> key, List<String> deleteBy) {
    /** What becomes of a row whose key exists. */
    public enum Kind {
        /** Every row is added; updates and deletes are refused. */
        APPEND,
        /** The last row of a key wins; deletes delete. */
        UPSERT
    }

    public WriteMode {
        requireNonNull(kind, "kind");
        key = List.copyOf(key);
        deleteBy = List.copyOf(deleteBy);
    }

    /** Adds every row. */
    public static WriteMode append() {
        return new WriteMode(Kind.APPEND, List.of(), List.of());
    }

    /** The last row of each key wins. */
    public static WriteMode upsert(List<String> key) {
        return new WriteMode(Kind.UPSERT, key, key);
    }
}
