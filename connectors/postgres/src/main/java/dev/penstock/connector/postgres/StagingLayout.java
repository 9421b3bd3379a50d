package dev.penstock.connector.postgres;

import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a table in which rows wait: those of the rows, and what the commit needs to know beside.
 *
 * <p>The table has the conditions of its target, so that a row that breaks one is found out by the write that brings
 * it: those of columns and domains, and, of rows that are appended, unique keys. Deletes and rows that leave columns as
 * they are do not have to meet conditions on what they do not say.
 */
record StagingLayout(SinkTable target, WriteMode mode, List<SinkColumn> columns) {
    /** The order of rows. */
    static final String NUMBER = "penstock:number";
    /** The code of the operation. */
    static final String OPERATION = "penstock:operation";
    /** A bit for each column that stays as it is. */
    static final String KEPT = "penstock:kept";

    StagingLayout {
        columns = List.copyOf(columns);
    }

    boolean isUpsert() {
        return mode.kind() == WriteMode.Kind.UPSERT;
    }

    private Set<String> names() {
        return columns.stream().map(SinkColumn::name).collect(Collectors.toCollection(HashSet::new));
    }

    /** The unique keys that rows which are appended must not break. */
    List<List<String>> guardedKeys() {
        Set<String> names = names();
        return isUpsert()
                ? List.of()
                : target.keys().stream().filter(names::containsAll).toList();
    }

    /** The references whose other end must be there. */
    List<SinkTable.Reference> guardedReferences() {
        Set<String> names = names();
        return target.references().stream()
                .filter(reference -> names.containsAll(reference.columns()))
                .toList();
    }

    /** Whether rows have a number: for their order, or to find those that break something. */
    boolean isNumbered() {
        return isUpsert() || isGuarded();
    }

    /** Whether there is something to look up for each row. */
    boolean isGuarded() {
        return !guardedKeys().isEmpty() || !guardedReferences().isEmpty();
    }

    /** The number of columns. */
    int width() {
        return columns.size() + (isNumbered() ? 1 : 0) + (isUpsert() ? 2 : 0);
    }

    /** Whether {@code row} leaves a column as it is. */
    boolean isPartial(RecordBatch batch, int row) {
        return batch.operation(row) == Operation.UPDATE
                && columns.stream()
                        .anyMatch(column -> batch.column(column.input()).isUnchanged(row));
    }

    /** The value of the column {@code name} of the waiting row {@code alias}, as the target has it. */
    String value(String alias, String name) {
        String value = alias + "." + Sql.name(name);
        return columns.stream()
                .filter(column -> column.name().equals(name) && column.isCast())
                .findFirst()
                .map(column -> value + "::" + column.target().type().name())
                .orElse(value);
    }

    /** The statements that make the table {@code table} of {@code schema}. */
    List<String> statements(String schema, String table) {
        String name = new TableName(schema, table).sql();
        List<String> parts = new ArrayList<>();
        columns.forEach(column -> parts.add(Sql.name(column.name()) + " " + column.stagingType()));
        if (isNumbered()) {
            parts.add(Sql.name(NUMBER) + " bigint");
        }
        if (isUpsert()) {
            parts.add(Sql.name(OPERATION) + " smallint");
            parts.add(Sql.name(KEPT) + " bytea");
        }
        conditions(parts);
        List<String> statements = new ArrayList<>();
        statements.add(
                "CREATE TABLE " + name + " (" + String.join(", ", parts) + ") WITH (autovacuum_enabled = false)");
        guardedKeys().forEach(key -> statements.add("CREATE UNIQUE INDEX ON " + name + " (" + Sql.names(key) + ")"));
        if (isGuarded()) {
            statements.add("CREATE INDEX ON " + name + " (" + Sql.name(NUMBER) + ")");
        }
        return statements;
    }

    private void conditions(List<String> parts) {
        Set<String> names = names();
        String exempt = isUpsert()
                ? Sql.name(OPERATION) + " = " + Operation.DELETE.code() + " OR " + Sql.name(KEPT) + " IS NOT NULL OR "
                : "";
        for (SinkTable.Check check : target.checks()) {
            if (names.containsAll(check.columns())) {
                parts.add(
                        "CONSTRAINT " + Sql.name(check.name()) + " CHECK (" + exempt + "(" + check.condition() + "))");
            }
        }
        for (SinkColumn column : columns) {
            if (column.isCast()) {
                String value = Sql.name(column.name());
                // Never false: it is the cast that fails.
                parts.add("CHECK (" + exempt + "((" + value + "::"
                        + column.target().type().name() + ") IS NULL) = (" + value + " IS NULL))");
            }
        }
    }
}
