package dev.penstock.connector.postgres;

import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL that moves waiting rows to their table: appends them, or brings each key to where its last row says.
 *
 * @param columns of the waiting rows, in order
 */
record MergeStatements(SinkTable target, WriteMode mode, TableName waiting, List<String> columns) {
    private static final String NUMBER = Sql.name(StagingLayout.NUMBER);
    private static final String OPERATION = Sql.name(StagingLayout.OPERATION);
    private static final String KEPT = Sql.name(StagingLayout.KEPT);
    private static final int DELETE = Operation.DELETE.code();

    MergeStatements {
        columns = List.copyOf(columns);
    }

    /** The value of a column of the waiting row {@code alias}, of the type that the target has. */
    private String value(String alias, String column) {
        String value = alias + "." + Sql.name(column);
        return target.find(column)
                .filter(found ->
                        found.type().isDomain() || !found.type().codec().hasBinary())
                .map(found -> value + "::" + found.type().name())
                .orElse(value);
    }

    private String values(String alias) {
        return columns.stream().map(column -> value(alias, column)).collect(Collectors.joining(", "));
    }

    private String into() {
        return "INSERT INTO " + target.name().sql() + " AS t (" + Sql.names(columns) + ") ";
    }

    /** Adds every row; in the order of their numbers where they have some. */
    String append() {
        return into() + "SELECT " + values("w") + " FROM " + waiting.sql() + " w";
    }

    private String sameKey(List<String> key, String left, String right) {
        return key.stream()
                .map(column -> left + "." + Sql.name(column) + " = " + right + "." + Sql.name(column))
                .collect(Collectors.joining(" AND "));
    }

    private String sameInTarget(List<String> key, String alias) {
        return key.stream()
                .map(column -> "t." + Sql.name(column) + " = " + value(alias, column))
                .collect(Collectors.joining(" AND "));
    }

    private boolean isDeletedByKey() {
        return mode.key().equals(mode.deleteBy());
    }

    /** The last row of each key. */
    private String last() {
        return "SELECT DISTINCT ON (" + Sql.names(mode.key()) + ") * FROM " + waiting.sql() + " ORDER BY "
                + Sql.names(mode.key()) + ", " + NUMBER + " DESC";
    }

    /** Deletes the rows that deletes speak of. */
    String delete() {
        String which = isDeletedByKey()
                ? "(" + last() + ")"
                : "(SELECT DISTINCT " + Sql.names(mode.deleteBy()) + ", " + DELETE + " AS " + OPERATION + " FROM "
                        + waiting.sql() + " WHERE " + OPERATION + " = " + DELETE + ")";
        return "DELETE FROM " + target.name().sql() + " t USING " + which + " w WHERE w." + OPERATION + " = " + DELETE
                + " AND " + sameInTarget(mode.deleteBy(), "w");
    }

    /** The rows that count: the last of each key that is no delete, and was not deleted afterwards. */
    private String living() {
        if (isDeletedByKey()) {
            return "SELECT * FROM (" + last() + ") l WHERE " + OPERATION + " <> " + DELETE;
        }
        return "SELECT DISTINCT ON (" + Sql.names(mode.key()) + ") w.* FROM " + waiting.sql() + " w WHERE w."
                + OPERATION
                + " <> " + DELETE + " AND NOT EXISTS (SELECT 1 FROM " + waiting.sql() + " d WHERE d." + OPERATION
                + " = " + DELETE + " AND d." + NUMBER + " > w." + NUMBER + " AND "
                + sameKey(mode.deleteBy(), "d", "w") + ") ORDER BY " + Sql.names(mode.key()) + ", " + NUMBER + " DESC";
    }

    private List<String> others() {
        List<String> others = new ArrayList<>(columns);
        others.removeAll(mode.key());
        return others;
    }

    private String onConflict() {
        String set = others().stream()
                .map(column -> Sql.name(column) + " = excluded." + Sql.name(column))
                .collect(Collectors.joining(", "));
        return " ON CONFLICT (" + Sql.names(mode.key()) + ") DO " + (set.isEmpty() ? "NOTHING" : "UPDATE SET " + set);
    }

    /** Inserts or updates each key, where every row has all columns. */
    String upsert() {
        return into() + "SELECT " + values("w") + " FROM (" + living() + ") w" + onConflict();
    }

    /** The same for keys of whose rows all have all columns, beside those that {@link #fold} has. */
    String upsertWhole() {
        return into() + "SELECT " + values("w") + " FROM (" + living() + ") w WHERE NOT EXISTS (SELECT 1 FROM "
                + waiting.sql() + " p WHERE p." + KEPT + " IS NOT NULL AND " + sameKey(mode.key(), "p", "w") + ")"
                + onConflict();
    }

    /** Inserts or updates keys with rows that keep columns, where an earlier row tells what those are. */
    String upsertFolded() {
        return "WITH f AS (" + fold() + ") " + into() + "SELECT "
                + columns.stream().map(column -> value("f", column)).collect(Collectors.joining(", "))
                + " FROM f WHERE f.whole" + onConflict();
    }

    /** Updates the columns that are known of keys with rows that keep the others. */
    String updateKnown() {
        List<String> sets = new ArrayList<>();
        for (String column : others()) {
            sets.add(Sql.name(column) + " = CASE WHEN " + known(column) + " THEN " + value("f", column) + " ELSE t."
                    + Sql.name(column) + " END");
        }
        return "WITH f AS (" + fold() + ") UPDATE " + target.name().sql() + " t SET " + String.join(", ", sets)
                + " FROM f WHERE NOT f.whole AND " + sameInTarget(mode.key(), "f");
    }

    /** How many keys {@link #updateKnown} must find. */
    String countKnown() {
        return "WITH f AS (" + fold() + ") SELECT count(*) FROM f WHERE NOT f.whole";
    }

    private String known(String column) {
        return "f." + Sql.name("known:" + columns.indexOf(column));
    }

    /**
     * One row for each key that has rows which keep columns: each column as the last row says that does not keep it,
     * from the last row on that has all columns. It is {@code whole} if there is such a row.
     */
    private String fold() {
        String keys = mode.key().stream().map(column -> "w." + Sql.name(column)).collect(Collectors.joining(", "));
        String whole = "CASE WHEN " + KEPT + " IS NULL THEN " + NUMBER + " END";
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            if (mode.key().contains(column)) {
                parts.add("w." + Sql.name(column));
                continue;
            }
            String isKnown = "w." + OPERATION + " <> " + DELETE + " AND (w." + KEPT + " IS NULL OR get_bit(w." + KEPT
                    + ", " + i + ") = 0)";
            parts.add("((array_agg(w ORDER BY w." + NUMBER + " DESC) FILTER (WHERE " + isKnown + "))[1])."
                    + Sql.name(column) + " AS " + Sql.name(column));
            parts.add("bool_or(" + isKnown + ") AS " + Sql.name("known:" + i));
        }
        String lastOperation = "(array_agg(w." + OPERATION + " ORDER BY w." + NUMBER + " DESC))[1]";
        return "SELECT " + String.join(", ", parts) + ", bool_or(w." + KEPT + " IS NULL AND w." + OPERATION + " <> "
                + DELETE + ") AS whole FROM " + waiting.sql() + " w JOIN (SELECT " + Sql.names(mode.key()) + ", max("
                + whole + ") AS base FROM " + waiting.sql() + " GROUP BY " + Sql.names(mode.key())
                + " HAVING bool_or(" + KEPT + " IS NOT NULL)) b ON " + sameKey(mode.key(), "w", "b")
                + " AND (b.base IS NULL OR w." + NUMBER + " >= b.base) GROUP BY " + keys + " HAVING " + lastOperation
                + " <> " + DELETE;
    }
}
