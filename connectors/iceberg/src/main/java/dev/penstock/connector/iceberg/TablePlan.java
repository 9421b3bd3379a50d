package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.schema.SchemaMapping;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * What stands between rows and a table.
 *
 * @param problems for which rows cannot be written
 * @param changes after which they can
 */
record TablePlan(List<Problem> problems, List<SchemaChange> changes) {
    TablePlan {
        problems = List.copyOf(problems);
        changes = List.copyOf(changes);
    }

    SinkPlan toSinkPlan() {
        if (!problems.isEmpty()) {
            return new SinkPlan.Reject(problems);
        }
        return changes.isEmpty()
                ? new SinkPlan.Accept()
                : new SinkPlan.Evolve(changes.stream().map(SchemaChange::text).toList());
    }

    /** Compares rows with a table that exists, or looks whether one can be made. */
    static TablePlan of(Schema input, WriteMode mode, Rules rules, Optional<Table> table) {
        Comparison comparison = new Comparison(rules, mode);
        comparison.problems.addAll(KeyPlan.problems(input, mode, table));
        if (table.isPresent()) {
            comparison.compare(input, table.get());
        } else {
            comparison.checkNew(input);
        }
        return new TablePlan(comparison.problems, comparison.changes);
    }

    /** What is compared by. */
    record Rules(SinkSettings settings, SchemaMapping mapping) {}

    private static final class Comparison {
        private final SinkSettings settings;
        private final SchemaMapping mapping;
        private final WriteMode mode;
        private final List<Problem> problems = new ArrayList<>();
        private final List<SchemaChange> changes = new ArrayList<>();

        Comparison(Rules rules, WriteMode mode) {
            this.settings = rules.settings();
            this.mapping = rules.mapping();
            this.mode = mode;
        }

        private void reject(String reason, String remedy) {
            problems.add(Problem.error("", Problem.Code.INCOMPATIBLE, reason, remedy));
        }

        void checkNew(Schema input) {
            input.fields().forEach(field -> storable(field));
            if (problems.isEmpty()) {
                try {
                    Partitioning.of(mapping.table(input), settings.newTable().partitionBy());
                } catch (IllegalArgumentException e) {
                    problems.add(Problem.error(
                            SinkSettings.PARTITION_BY.name(),
                            Problem.Code.INVALID,
                            String.valueOf(e.getMessage()),
                            ""));
                }
            }
        }

        private Optional<Type> storable(Field field) {
            if (field.name().isEmpty() || field.name().contains(".")) {
                reject("column '" + field.name() + "' has a name that leads into a struct in Iceberg", "rename it");
                return Optional.empty();
            }
            Optional<Type> type = mapping.type(field.type());
            if (type.isEmpty()) {
                reject(
                        "column '" + field.name() + "' is " + field.type().text() + ", which no table holds",
                        "cast it, or drop it");
            }
            return type;
        }

        void compare(Schema input, Table table) {
            if (TableUtil.formatVersion(table) < 2) {
                reject(
                        "the table is of format version 1, which does not number its commits",
                        "set its property 'format-version' to 2");
            }
            for (Field field : input.fields()) {
                Optional<Types.NestedField> stored = table.schema().columns().stream()
                        .filter(column -> column.name().equals(field.name()))
                        .findFirst();
                storable(field)
                        .ifPresent(type ->
                                stored.ifPresentOrElse(column -> compare(field, type, column), () -> add(field, type)));
            }
            table.schema().columns().stream()
                    .filter(stored -> input.find(stored.name()).isEmpty())
                    .forEach(this::leftOut);
        }

        private void add(Field field, Type type) {
            if (settings.changes() == SinkSettings.Changes.NONE) {
                reject(
                        "the table has no column '" + field.name() + "'",
                        "drop it from the rows, or allow 'schema-changes: add'");
            } else {
                changes.add(new SchemaChange.Add(field, type));
            }
        }

        private void compare(Field field, Type type, Types.NestedField stored) {
            if (!mapping.fits(field.type(), stored.type())) {
                widen(field, type, stored);
            } else if (field.nullable()
                    && stored.isRequired()
                    && !mode.key().contains(field.name())
                    && settings.changes() == SinkSettings.Changes.ALL) {
                changes.add(new SchemaChange.MakeOptional(field.name()));
            }
        }

        private void widen(Field field, Type type, Types.NestedField stored) {
            boolean possible =
                    type.isPrimitiveType() && TypeUtil.isPromotionAllowed(stored.type(), type.asPrimitiveType());
            if (possible && settings.changes() == SinkSettings.Changes.ALL) {
                changes.add(new SchemaChange.Widen(field, type.asPrimitiveType()));
                return;
            }
            reject(
                    "column '" + field.name() + "' is " + field.type().text() + " and the table stores "
                            + stored.type(),
                    possible ? "cast it, or allow 'schema-changes: all'" : "cast it, or write a new table");
        }

        private void leftOut(Types.NestedField stored) {
            if (mode.kind() == WriteMode.Kind.UPSERT) {
                reject(
                        "rows have no column '" + stored.name() + "', so that an update would empty it in the table",
                        "compute it, or drop it from the table");
            } else if (!stored.isRequired()) {
                return;
            } else if (settings.changes() == SinkSettings.Changes.ALL) {
                changes.add(new SchemaChange.MakeOptional(stored.name()));
            } else {
                reject(
                        "rows have no column '" + stored.name() + "', which the table requires",
                        "compute it, or allow 'schema-changes: all'");
            }
        }
    }
}
