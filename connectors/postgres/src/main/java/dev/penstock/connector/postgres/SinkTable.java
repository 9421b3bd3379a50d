package dev.penstock.connector.postgres;

import java.util.List;
import java.util.Optional;

/**
 * The table that is written to, as it is now.
 *
 * @param keys the columns of each unique index that holds for all rows, the primary key first
 * @param checks that say something about rows
 * @param references to other tables
 */
record SinkTable(
        TableName name, List<Column> columns, List<List<String>> keys, List<Check> checks, List<Reference> references) {
    SinkTable {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        checks = List.copyOf(checks);
        references = List.copyOf(references);
    }

    /**
     * A column.
     *
     * @param filled whether it gets a value where none is given
     * @param generated whether no value can be given
     */
    record Column(String name, PostgresType type, boolean notNull, boolean filled, boolean generated) {}

    /** A condition on some columns, in SQL. */
    record Check(String name, List<String> columns, String condition) {}

    /** Columns whose values must be those of the columns {@code keys} of a row of {@code table}. */
    record Reference(String name, List<String> columns, TableName table, List<String> keys) {}

    Optional<Column> find(String column) {
        return columns.stream().filter(each -> each.name().equals(column)).findFirst();
    }

    /** Whether no two rows can have the same values in {@code names}, in whatever order they are. */
    boolean isKey(List<String> names) {
        return keys.stream().anyMatch(key -> key.size() == names.size() && key.containsAll(names));
    }
}
