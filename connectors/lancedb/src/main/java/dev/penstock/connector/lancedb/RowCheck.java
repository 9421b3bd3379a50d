package dev.penstock.connector.lancedb;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the rows of a batch that a table cannot take. */
final class RowCheck {
    private final WriteMode mode;

    RowCheck(WriteMode mode) {
        this.mode = mode;
    }

    List<RejectedRow> rejected(RecordBatch batch) {
        List<RejectedRow> rejected = new ArrayList<>();
        List<Integer> required = columns(batch, false);
        List<Integer> vectors = columns(batch, true);
        for (int row = 0; row < batch.rowCount(); row++) {
            int current = row;
            reason(batch, row, required, vectors).ifPresent(why -> rejected.add(new RejectedRow(current, why)));
        }
        return rejected;
    }

    private List<Integer> columns(RecordBatch batch, boolean vectors) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < batch.schema().size(); i++) {
            Field field = batch.schema().field(i);
            Column column = batch.column(i);
            boolean mayBeMissing = !column.validity().allValid()
                    && (!field.nullable() || mode.key().contains(field.name()));
            if (vectors ? column instanceof FixedListColumn : mayBeMissing) {
                found.add(i);
            }
        }
        return found;
    }

    private Optional<String> reason(RecordBatch batch, int row, List<Integer> required, List<Integer> vectors) {
        Operation operation = batch.operation(row);
        if (mode.kind() == WriteMode.Kind.APPEND && (operation == Operation.UPDATE || operation == Operation.DELETE)) {
            return Optional.of("the row is of operation " + operation + " and the table is only appended to");
        }
        if (operation == Operation.DELETE) {
            return missing(batch, row, mode.deleteBy());
        }
        for (int column : required) {
            if (batch.column(column).isNull(row)) {
                return Optional.of("column '" + batch.schema().field(column).name() + "' has no value");
            }
        }
        for (int column : vectors) {
            if (!isFinite((FixedListColumn) batch.column(column), row)) {
                return Optional.of("the vector in column '"
                        + batch.schema().field(column).name() + "' holds a number that is not finite");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> missing(RecordBatch batch, int row, List<String> columns) {
        return columns.stream()
                .filter(name -> batch.column(name).isNull(row))
                .findFirst()
                .map(name -> "column '" + name + "', which deletes go by, has no value");
    }

    private static boolean isFinite(FixedListColumn vectors, int row) {
        if (vectors.isNull(row)) {
            return true;
        }
        int from = row * vectors.type().size();
        int to = from + vectors.type().size();
        boolean finite = true;
        if (vectors.elements() instanceof FloatColumn floats) {
            for (int i = from; i < to; i++) {
                finite &= Float.isFinite(floats.get(i));
            }
        } else if (vectors.elements() instanceof DoubleColumn doubles) {
            for (int i = from; i < to; i++) {
                finite &= Double.isFinite(doubles.get(i));
            }
        }
        return finite;
    }
}
