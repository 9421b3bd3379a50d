package dev.penstock.connector.lancedb;

import dev.penstock.spi.ModelMetadata;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares the columns of rows with those of a table. */
final class TablePlan {
    private final Schema input;
    private final WriteMode mode;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> additions = new ArrayList<>();

    private TablePlan(Schema input, WriteMode mode) {
        this.input = input;
        this.mode = mode;
    }

    /** The plan for writing {@code input} to {@code table}, or to a new table if it is empty. */
    static SinkPlan of(Schema input, WriteMode mode, Optional<TableSchema> table) {
        TablePlan plan = new TablePlan(input, mode);
        plan.checkKeys("key", mode.key());
        plan.checkKeys("delete-by", mode.deleteBy());
        input.fields().forEach(plan::checkStorable);
        table.ifPresent(plan::compare);
        if (!plan.problems.isEmpty()) {
            return new SinkPlan.Reject(plan.problems);
        }
        return plan.additions.isEmpty() ? new SinkPlan.Accept() : new SinkPlan.Evolve(plan.additions);
    }

    private void reject(String path, String reason, String remedy) {
        problems.add(Problem.error(path, Problem.Code.INCOMPATIBLE, reason, remedy));
    }

    private void checkKeys(String setting, List<String> columns) {
        if (setting.equals("key") && mode.kind() == WriteMode.Kind.UPSERT && columns.isEmpty()) {
            reject(setting, "is needed to upsert", "name the columns that tell rows apart");
        }
        for (String name : columns) {
            if (input.find(name).isEmpty()) {
                reject(
                        setting,
                        "names column '" + name + "', which rows do not have",
                        NearestName.hint(name, input.names()));
            } else if (!KeyEncoder.supports(input.field(name).type())) {
                reject(
                        setting,
                        "names column '" + name + "' of type "
                                + input.field(name).type().text() + ", which cannot tell rows apart",
                        "name columns of text, numbers without fraction, times or uuids");
            }
        }
    }

    private void checkStorable(Field field) {
        if (field.name().contains(".") || field.name().isEmpty()) {
            reject("", "column '" + field.name() + "' has a name that Lance does not take", "rename it");
        }
        if (field.type() instanceof DataType.Decimal decimal && decimal.precision() > ArrowTypes.MAX_DECIMAL) {
            reject("", "column '" + field.name() + "' has more than 76 digits", "cast it to fewer digits or to string");
        }
    }

    private void compare(TableSchema table) {
        Map<String, Field> stored = new HashMap<>();
        table.fields().stream().flatMap(Optional::stream).forEach(field -> stored.put(field.name(), field));
        for (Field field : input.fields()) {
            Field found = stored.get(field.name());
            if (found != null) {
                compare(field, found);
            } else if (table.arrow().getFields().stream()
                    .anyMatch(column -> column.getName().equals(field.name()))) {
                reject("", "column '" + field.name() + "' of the table has a type that rows cannot carry", "drop it");
            } else if (field.nullable()) {
                additions.add("add column " + field.name() + ": " + field.type().text());
            } else {
                reject(
                        "",
                        "the table has no column '" + field.name()
                                + "', and it cannot be added because it must have a value",
                        "drop it from the rows, or write a new table");
            }
        }
        table.arrow().getFields().stream()
                .filter(column -> input.find(column.getName()).isEmpty())
                .forEach(column -> checkLeftOut(column.getName(), column.isNullable()));
    }

    private void checkLeftOut(String name, boolean nullable) {
        if (!nullable) {
            reject(
                    "",
                    "rows have no column '" + name + "', which the table requires",
                    "compute it, or write a new table");
        } else if (mode.kind() == WriteMode.Kind.UPSERT) {
            reject(
                    "",
                    "rows have no column '" + name + "', so that an update would empty it in the table",
                    "compute it, or drop it from the table");
        }
    }

    private void compare(Field field, Field stored) {
        if (!field.type().equals(stored.type())) {
            reject(
                    "",
                    "column '" + field.name() + "' is " + field.type().text() + " and the table stores "
                            + stored.type().text(),
                    "cast it to " + stored.type().text() + ", or write a new table");
        } else if (field.nullable() && !stored.nullable()) {
            // Rows without a value are turned away one by one.
            return;
        }
        if (field.type() instanceof DataType.FixedList) {
            compareModels(field, stored);
        }
    }

    private void compareModels(Field field, Field stored) {
        boolean same = Stream.of(ModelMetadata.NAME, ModelMetadata.DIGEST)
                .allMatch(key -> !stored.metadata().containsKey(key)
                        || stored.metadata().get(key).equals(field.metadata().get(key)));
        if (!same) {
            reject(
                    "",
                    "column '" + field.name() + "' holds vectors of " + model(field) + " and the table those of "
                            + model(stored) + ", which cannot be compared with each other",
                    "use the model of the table, or write a new table");
        }
    }

    private static String model(Field field) {
        String name = field.metadata().get(ModelMetadata.NAME);
        String digest = field.metadata().getOrDefault(ModelMetadata.DIGEST, "");
        return name == null
                ? "an unknown model"
                : "model '" + name + "'"
                        + (digest.isEmpty() ? "" : " (" + digest.substring(0, Math.min(12, digest.length())) + ")");
    }
}
