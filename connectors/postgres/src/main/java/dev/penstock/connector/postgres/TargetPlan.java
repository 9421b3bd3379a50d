package dev.penstock.connector.postgres;

import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must be done to a table before rows can be written to it.
 *
 * @param answer to the engine
 * @param statements that do it
 */
record TargetPlan(SinkPlan answer, List<String> statements) {
    TargetPlan {
        statements = List.copyOf(statements);
    }

    /** What rows of {@code input} need of {@code found}, the table as it is. */
    static TargetPlan of(
            Schema input, WriteMode mode, SinkSettings settings, ColumnDefinition types, Optional<SinkTable> found) {
        Making making = new Making(input, mode, settings, types);
        found.ifPresentOrElse(making::change, making::create);
        return making.plan();
    }

    /** Collects what is wrong and what is to be done. */
    private static final class Making {
        private final Schema input;
        private final WriteMode mode;
        private final SinkSettings settings;
        private final ColumnDefinition types;
        private final List<Problem> problems = new ArrayList<>();
        private final List<String> changes = new ArrayList<>();
        private final List<String> statements = new ArrayList<>();

        Making(Schema input, WriteMode mode, SinkSettings settings, ColumnDefinition types) {
            this.input = input;
            this.mode = mode;
            this.settings = settings;
            this.types = types;
        }

        TargetPlan plan() {
            if (!problems.isEmpty()) {
                return new TargetPlan(new SinkPlan.Reject(problems), List.of());
            }
            return new TargetPlan(changes.isEmpty() ? new SinkPlan.Accept() : new SinkPlan.Evolve(changes), statements);
        }

        private void reject(Problem.Code code, String reason, String remedy) {
            problems.add(Problem.error(SinkSettings.TABLE.name(), code, reason, remedy));
        }

        void create() {
            if (!settings.createTable()) {
                reject(
                        Problem.Code.NOT_FOUND,
                        "table '" + settings.table() + "' does not exist",
                        "create it, correct 'table', or set create-table: true");
                return;
            }
            List<String> parts = new ArrayList<>();
            for (Field field : input.fields()) {
                definition(field)
                        .ifPresent(type -> parts.add(
                                Sql.name(field.name()) + " " + type + (isRequired(field) ? " NOT NULL" : "")));
            }
            if (mode.kind() == WriteMode.Kind.UPSERT) {
                parts.add("PRIMARY KEY (" + Sql.names(mode.key()) + ")");
            }
            statements.add("CREATE TABLE " + settings.table().sql() + " (" + String.join(", ", parts) + ")");
        }

        private boolean isRequired(Field field) {
            return !field.nullable() || mode.key().contains(field.name());
        }

        private Optional<String> definition(Field field) {
            Optional<String> type = types.of(field.type());
            if (type.isEmpty()) {
                reject(
                        Problem.Code.INCOMPATIBLE,
                        "column '" + field.name() + "' is " + field.type().text()
                                + ", for which no type of a table is known",
                        "create the column with a fitting type, or drop or convert it before the sink");
            }
            return type;
        }

        void change(SinkTable table) {
            for (Field field : input.fields()) {
                table.find(field.name()).ifPresentOrElse(column -> checkColumn(field, column), () -> add(field));
            }
            for (SinkTable.Column column : table.columns()) {
                if (input.find(column.name()).isEmpty() && column.notNull() && !column.filled()) {
                    reject(
                            Problem.Code.INCOMPATIBLE,
                            "column '" + column.name() + "' of table '" + table.name()
                                    + "' must not be null, and rows do not have it",
                            "add it to the rows, or give the column a default");
                }
            }
            if (mode.kind() == WriteMode.Kind.UPSERT && !table.isKey(mode.key())) {
                reject(
                        Problem.Code.INCOMPATIBLE,
                        "table '" + table.name() + "' has no primary key or unique index on exactly " + mode.key(),
                        "create one: CREATE UNIQUE INDEX ON " + table.name().sql() + " (" + Sql.names(mode.key())
                                + ")");
            }
        }

        private void checkColumn(Field field, SinkTable.Column column) {
            if (column.generated()) {
                reject(
                        Problem.Code.INCOMPATIBLE,
                        "column '" + column.name() + "' is generated by the server, which takes no values for it",
                        "leave it out of the rows");
            } else if (ColumnConversion.between(field.type(), column.type()).isEmpty()) {
                reject(
                        Problem.Code.INCOMPATIBLE,
                        "column '" + field.name() + "' is " + field.type().text() + ", and "
                                + column.type().name() + " in table '" + settings.table() + "'",
                        "cast it before the sink to " + column.type().dataType().text());
            }
        }

        private void add(Field field) {
            if (!settings.addColumns()) {
                reject(
                        Problem.Code.INCOMPATIBLE,
                        "table '" + settings.table() + "' has no column '" + field.name() + "'",
                        "add it, drop it from the rows, or set add-columns: true");
                return;
            }
            definition(field).ifPresent(type -> {
                changes.add("add column " + field.name() + ": " + type);
                statements.add("ALTER TABLE " + settings.table().sql() + " ADD COLUMN IF NOT EXISTS "
                        + Sql.name(field.name()) + " " + type);
            });
        }
    }
}
