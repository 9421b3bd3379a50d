package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.schema.RowTypes;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Which columns of a table are read.
 *
 * @param names in the order that rows have them; empty for all
 */
record ReadColumns(List<String> names) {
    ReadColumns {
        names = List.copyOf(names);
    }

    /** Those columns of {@code table}, as it is now. */
    List<NestedField> of(org.apache.iceberg.Schema table) {
        if (names.isEmpty()) {
            return table.columns();
        }
        List<NestedField> columns = new ArrayList<>();
        for (String name : names) {
            NestedField column = table.asStruct().field(name);
            if (column == null) {
                throw new ConfigException(
                        SourceSettings.COLUMNS.name(),
                        Problem.Code.NOT_FOUND,
                        "the table has no column '" + name + "'",
                        "name some of "
                                + table.columns().stream()
                                        .map(NestedField::name)
                                        .toList());
            }
            columns.add(column);
        }
        return columns;
    }

    /** The columns of rows; with a key if all columns that identify rows are among them. */
    Schema rows(org.apache.iceberg.Schema table) {
        List<NestedField> columns = of(table);
        Set<Integer> ids = new HashSet<>();
        columns.forEach(column -> ids.add(column.fieldId()));
        Set<Integer> key = ids.containsAll(table.identifierFieldIds()) ? table.identifierFieldIds() : Set.of();
        return RowTypes.columns(new org.apache.iceberg.Schema(columns, key));
    }
}
