package dev.penstock.connector.iceberg;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** Finds the rows of a batch that a table cannot take. */
final class RowCheck {
    private RowCheck() {}

    static List<RejectedRow> rejected(RecordBatch batch, Schema table) {
        List<RejectedRow> rejected = new ArrayList<>();
        List<Integer> required = required(batch, table);
        for (int row = 0; row < batch.rowCount(); row++) {
            int current = row;
            reason(batch, row, required).ifPresent(why -> rejected.add(new RejectedRow(current, why)));
        }
        return rejected;
    }

    /** The columns that must have a value, and in which one may be missing. */
    private static List<Integer> required(RecordBatch batch, Schema table) {
        List<Integer> found = new ArrayList<>();
        for (Types.NestedField column : table.columns()) {
            OptionalInt index = batch.schema().find(column.name());
            if (column.isRequired() && index.isPresent() && mayBeNull(batch.column(index.getAsInt()))) {
                found.add(index.getAsInt());
            }
        }
        return found;
    }

    private static boolean mayBeNull(Column column) {
        return !column.validity().allValid();
    }

    private static Optional<String> reason(RecordBatch batch, int row, List<Integer> required) {
        Operation operation = batch.operation(row);
        if (operation == Operation.UPDATE || operation == Operation.DELETE) {
            return Optional.of("the row is of operation " + operation + " and the table is only appended to");
        }
        for (int column : required) {
            if (batch.column(column).isNull(row)) {
                return Optional.of("column '" + batch.schema().field(column).name() + "' has no value");
            }
        }
        return Optional.empty();
    }
}
