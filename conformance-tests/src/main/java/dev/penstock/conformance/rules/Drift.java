package dev.penstock.conformance.rules;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A way in which the columns of rows change while a pipeline runs.
 *
 * @param what for people
 * @param dropped the column that is no longer there
 * @param added the column that is new or has another type
 * @param value what each row has in the column that was added
 */
record Drift(String what, Optional<String> dropped, Optional<Field> added, Function<NumberedRow, Object> value) {
    Drift {
        requireNonNull(what, "what");
        requireNonNull(value, "value");
    }

    /** A column is added, or gets another type. */
    static Drift with(String what, Field field, Function<NumberedRow, Object> value) {
        return new Drift(what, Optional.empty(), Optional.of(field), value);
    }

    /** A column is gone. */
    static Drift without(String what, String column) {
        return new Drift(what, Optional.of(column), Optional.empty(), row -> "");
    }

    /** A column has another name. */
    static Drift renamed(String what, String from, Field to, Function<NumberedRow, Object> value) {
        return new Drift(what, Optional.of(from), Optional.of(to), value);
    }

    /** A batch of {@code rows} with the other columns. */
    RecordBatch apply(RecordBatch batch, List<NumberedRow> rows) {
        List<Field> fields = new ArrayList<>(batch.schema().fields());
        List<Column> columns = new ArrayList<>(batch.columns());
        dropped.ifPresent(name -> remove(fields, columns, name));
        added.ifPresent(field -> {
            remove(fields, columns, field.name());
            fields.add(field);
            columns.add(column(field.type(), rows));
        });
        return batch.withColumns(new Schema(fields), columns);
    }

    private static void remove(List<Field> fields, List<Column> columns, String name) {
        for (int index = fields.size() - 1; index >= 0; index--) {
            if (fields.get(index).name().equals(name)) {
                fields.remove(index);
                columns.remove(index);
            }
        }
    }

    private Column column(DataType type, List<NumberedRow> rows) {
        ColumnBuilder builder = ColumnBuilder.of(type, rows.size());
        rows.forEach(row -> builder.appendValue(value.apply(row)));
        return builder.build();
    }
}
