package dev.penstock.conformance.reference;

import dev.penstock.conformance.reference.TableClient.Described;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.config.Problem.Code;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How rows of a schema come into a table: as it is, after a change that loses nothing, or not at all. A value is never
 * bent to fit.
 *
 * @param input the columns of the rows
 * @param mode how they are written
 * @param there the table; empty if there is none yet
 */
record TablePlan(Schema input, WriteMode mode, Optional<Described> there) {
    SinkPlan answer() {
        List<Problem> problems = problems();
        if (!problems.isEmpty()) {
            return new SinkPlan.Reject(problems);
        }
        List<String> changes = changes().stream()
                .map(column -> (existing(column.name()).isPresent() ? "widen column " : "add column ") + column.name()
                        + ": " + column.type())
                .toList();
        return there.isEmpty() || changes.isEmpty() ? new SinkPlan.Accept() : new SinkPlan.Evolve(changes);
    }

    /** The columns of a table for these rows. */
    List<TableColumn> wanted() {
        return input.fields().stream().map(TablePlan::column).toList();
    }

    private static TableColumn column(Field field) {
        return new TableColumn(field.name(), field.type().text(), field.nullable());
    }

    /** What has to be added or widened; a column that is added has no value in older rows. */
    List<TableColumn> changes() {
        List<TableColumn> changes = new ArrayList<>();
        if (there.isEmpty()) {
            return changes;
        }
        for (TableColumn column : wanted()) {
            Optional<TableColumn> old = existing(column.name());
            if (old.isEmpty()) {
                changes.add(new TableColumn(column.name(), column.type(), true));
            } else if (!old.get().takesAllOf(column)) {
                changes.add(
                        new TableColumn(column.name(), column.type(), old.get().nullable()));
            }
        }
        return changes;
    }

    private Optional<TableColumn> existing(String name) {
        return there.stream()
                .flatMap(table -> table.columns().stream())
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (TableColumn column : wanted()) {
            if (!column.isKnown()) {
                problems.add(incompatible(
                        "the table knows no " + column.type() + ", which column '" + column.name() + "' is",
                        "cast it to a string"));
            }
        }
        for (TableColumn column : changes()) {
            existing(column.name())
                    .filter(old -> !column.takesAllOf(old))
                    .ifPresent(old -> problems.add(incompatible(
                            "column '" + column.name() + "' is " + old.type() + " in the table and " + column.type()
                                    + " in the rows",
                            "cast it, or write to another table")));
        }
        there.ifPresent(table -> checkTable(table, problems));
        return problems;
    }

    private void checkTable(Described table, List<Problem> problems) {
        for (TableColumn column : table.columns()) {
            if (!column.nullable() && input.find(column.name()).isEmpty()) {
                problems.add(incompatible(
                        "column '" + column.name() + "' must have a value, and the rows lack it",
                        "put it into the rows"));
            }
        }
        if (!table.key().equals(mode.key())) {
            problems.add(Problem.error(
                    "key",
                    Code.INCOMPATIBLE,
                    "the table has the key " + table.key() + ", and rows are to be written by " + mode.key(),
                    "use the key of the table, or another table"));
        }
    }

    private static Problem incompatible(String reason, String remedy) {
        return Problem.error(MemorySinkSettings.TABLE.name(), Code.INCOMPATIBLE, reason, remedy);
    }
}
