package dev.penstock.cli;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Columns whose values are not for the eyes of whoever looks at rows: a later step masks them. */
final class HiddenColumns {
    /** Nothing is hidden. */
    static final HiddenColumns NONE = new HiddenColumns(Set.of());

    private static final String SHOWN = "(masked)";

    private final Set<String> names;

    private HiddenColumns(Set<String> names) {
        this.names = names;
    }

    /**
     * Those of the rows of {@code step}.
     *
     * @throws ConfigException if a masked column has another name there, so that nobody can tell which one to hide
     */
    static HiddenColumns of(PeekedStep step, Schema schema) {
        Set<String> names = new LinkedHashSet<>();
        for (String masked : step.hidden()) {
            String top = schema.find(masked).isPresent() ? masked : masked.split("\\.", 2)[0];
            if (schema.find(top).isEmpty()) {
                throw new ConfigException(
                        "",
                        Problem.Code.UNSUPPORTED,
                        "Cannot show rows of step '" + step.id() + "': a later step masks '" + masked
                                + "', which has another name here, so that nothing tells what to hide",
                        "look at a later step with --step, or add --unmasked to see everything");
            }
            names.add(top);
        }
        return new HiddenColumns(names);
    }

    /** {@code rows} with something else in the place of hidden values; what has no value still has none. */
    RecordBatch hide(RecordBatch rows) {
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < rows.columns().size(); column++) {
            Field field = rows.schema().field(column);
            boolean hidden = names.contains(field.name());
            fields.add(hidden ? Field.of(field.name(), DataType.STRING) : field);
            columns.add(hidden ? hidden(rows.column(column), rows.rowCount()) : rows.column(column));
        }
        return rows.withColumns(new Schema(fields), columns);
    }

    private static Column hidden(Column column, int rows) {
        BytesColumnBuilder texts = (BytesColumnBuilder) ColumnBuilder.of(DataType.STRING, Math.max(1, rows));
        for (int row = 0; row < rows; row++) {
            if (column.isNull(row)) {
                texts.appendNull();
            } else {
                texts.append(SHOWN);
            }
        }
        return texts.build();
    }

    /** What to say of it. */
    Optional<String> note() {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Hidden, as a later step masks them: " + String.join(", ", names) + "; --unmasked shows them");
    }
}
