package dev.penstock.connector.lancedb;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.lance.Dataset;
import org.lance.schema.LanceField;

/**
 * The columns of a table.
 *
 * @param arrow as the table stores them
 * @param fieldIds from the path of a column, nested ones as {@code outer.inner}, to the id that the table knows it by;
 *     in the order in which ids are given out, each column before those inside it
 */
record TableSchema(org.apache.arrow.vector.types.pojo.Schema arrow, Map<String, Integer> fieldIds) {
    static TableSchema of(Dataset dataset) {
        Map<String, Integer> ids = new java.util.LinkedHashMap<>();
        dataset.getLanceSchema().fields().forEach(field -> collect(field, "", ids));
        return new TableSchema(dataset.getSchema(), ids);
    }

    private static void collect(LanceField field, String prefix, Map<String, Integer> ids) {
        String path = prefix + field.getName();
        ids.put(path, field.getId());
        // The elements of a vector have no id of their own.
        if (!(field.getType() instanceof ArrowType.FixedSizeList)) {
            field.getChildren().forEach(child -> collect(child, path + ".", ids));
        }
    }

    /** The paths of all columns; the place of one in this list is its id in files written with {@link #arrow}. */
    List<String> columns() {
        return List.copyOf(fieldIds.keySet());
    }

    /**
     * From the place of a column in {@code written} to the id that this table knows it by; dropped ones are missing.
     */
    Map<Integer, Integer> idsOf(List<String> written) {
        Map<Integer, Integer> ids = new HashMap<>();
        for (int i = 0; i < written.size(); i++) {
            Integer id = fieldIds.get(written.get(i));
            if (id != null) {
                ids.put(i, id);
            }
        }
        return ids;
    }

    /** The columns that rows can carry; empty for each of the others. */
    List<Optional<Field>> fields() {
        return ArrowTypes.fromArrow(arrow);
    }

    /**
     * The columns {@code names} of the table as rows have them, or all if there are no names.
     *
     * @throws ConfigException listing the columns that rows cannot carry or that do not exist
     */
    Schema rows(List<String> names, String setting) {
        List<Field> found = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<String> wanted = names.isEmpty()
                ? arrow.getFields().stream()
                        .map(org.apache.arrow.vector.types.pojo.Field::getName)
                        .toList()
                : names;
        for (String name : wanted) {
            Optional<org.apache.arrow.vector.types.pojo.Field> column = arrow.getFields().stream()
                    .filter(field -> field.getName().equals(name))
                    .findFirst();
            Optional<Field> field = column.flatMap(ArrowTypes::fromArrow);
            field.ifPresentOrElse(found::add, () -> problems.add(problem(name, column, setting)));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Schema(found);
    }

    private Problem problem(String name, Optional<org.apache.arrow.vector.types.pojo.Field> column, String setting) {
        return column.map(field -> Problem.error(
                        setting,
                        Problem.Code.UNSUPPORTED,
                        "column '" + name + "' has the Arrow type " + field.getType() + ", which rows cannot carry",
                        "leave it out by naming the columns to read in '" + setting + "'"))
                .orElseGet(() -> Problem.error(
                        setting,
                        Problem.Code.NOT_FOUND,
                        "the table has no column '" + name + "'",
                        dev.penstock.spi.config.NearestName.hint(
                                name,
                                arrow.getFields().stream()
                                        .map(org.apache.arrow.vector.types.pojo.Field::getName)
                                        .toList())));
    }
}
