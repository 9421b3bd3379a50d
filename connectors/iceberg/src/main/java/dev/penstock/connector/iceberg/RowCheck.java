package dev.penstock.connector.iceberg;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.WriteMode;
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
    private final RecordBatch batch;
    private final WriteMode mode;
    private final List<Integer> required;
    private final List<Integer> unchanged;

    private RowCheck(RecordBatch batch, WriteMode mode, List<Integer> required) {
        this.batch = batch;
        this.mode = mode;
        this.required = required;
        this.unchanged = new ArrayList<>();
        for (int i = 0; i < batch.columns().size(); i++) {
            if (batch.column(i).validity().anyUnchanged()) {
                unchanged.add(i);
            }
        }
    }

    static RowCheck of(RecordBatch batch, Schema table, WriteMode mode) {
        return new RowCheck(batch, mode, required(batch, table, mode));
    }

    /** The columns that must have a value, and in which one may be missing. */
    private static List<Integer> required(RecordBatch batch, Schema table, WriteMode mode) {
        List<Integer> found = new ArrayList<>();
        for (Types.NestedField column : table.columns()) {
            OptionalInt index = batch.schema().find(column.name());
            boolean needed = column.isRequired() || mode.key().contains(column.name());
            if (needed && index.isPresent() && mayBeNull(batch.column(index.getAsInt()))) {
                found.add(index.getAsInt());
            }
        }
        return found;
    }

    private static boolean mayBeNull(Column column) {
        return !column.validity().allValid();
    }

    List<RejectedRow> rejected() {
        List<RejectedRow> rejected = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            int current = row;
            reason(row).ifPresent(why -> rejected.add(new RejectedRow(current, why)));
        }
        return rejected;
    }

    private Optional<String> reason(int row) {
        Operation operation = batch.operation(row);
        if (mode.kind() == WriteMode.Kind.APPEND && (operation == Operation.UPDATE || operation == Operation.DELETE)) {
            return Optional.of("the row is of operation " + operation + " and the table is only appended to; write with"
                    + " mode: upsert and a key");
        }
        return operation == Operation.DELETE ? missingToDeleteBy(row) : missing(row);
    }

    private Optional<String> missingToDeleteBy(int row) {
        return mode.deleteBy().stream()
                .filter(name -> batch.column(name).isNull(row))
                .findFirst()
                .map(name -> "column '" + name + "', which deletes go by, has no value");
    }

    private Optional<String> missing(int row) {
        for (int column : required) {
            if (batch.column(column).isNull(row)) {
                return Optional.of("column '" + name(column) + "' has no value");
            }
        }
        for (int column : unchanged) {
            if (batch.column(column).isUnchanged(row)) {
                return Optional.of("column '" + name(column) + "' keeps the value it had, which is not known here; have"
                        + " the source send whole rows (PostgreSQL: REPLICA IDENTITY FULL)");
            }
        }
        return Optional.empty();
    }

    private String name(int column) {
        return batch.schema().field(column).name();
    }
}
