package dev.penstock.connector.postgres;

import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;

/** Rejects rows that cannot be written whatever their values, or for a value that is missing. */
final class RowAdmission {
    private final WriteMode mode;
    private final List<SinkColumn> columns;

    RowAdmission(WriteMode mode, List<SinkColumn> columns) {
        this.mode = mode;
        this.columns = columns;
    }

    private boolean isUpsert() {
        return mode.kind() == WriteMode.Kind.UPSERT;
    }

    void check(RecordBatch batch, Rejections rejections) {
        if (!isUpsert() && !batch.allInserts()) {
            requireInserts(batch, rejections);
        }
        for (SinkColumn column : columns) {
            checkColumn(column, batch, rejections);
        }
    }

    private static void requireInserts(RecordBatch batch, Rejections rejections) {
        for (int row = 0; row < batch.rowCount(); row++) {
            Operation operation = batch.operation(row);
            if (operation == Operation.UPDATE || operation == Operation.DELETE) {
                rejections.add(row, "an " + operation + " cannot be appended; write with mode: upsert and a key");
            }
        }
    }

    private void checkColumn(SinkColumn column, RecordBatch batch, Rejections rejections) {
        Column values = batch.column(column.input());
        if (values.validity().allValid()) {
            return;
        }
        boolean isKey = mode.key().contains(column.name());
        boolean isDeletedBy = mode.deleteBy().contains(column.name());
        for (int row = 0; row < batch.rowCount(); row++) {
            if (values.isNull(row)) {
                boolean isDelete = batch.operation(row) == Operation.DELETE;
                boolean isNeeded =
                        isDelete ? isDeletedBy : isKey || column.target().notNull();
                boolean mayStay = isUpsert() && !isKey && batch.operation(row) == Operation.UPDATE;
                boolean isMissing = isDelete ? isDeletedBy : !mayStay;
                if (values.isUnchanged(row) ? isMissing : isNeeded) {
                    rejections.add(row, "column '" + column.name() + "' has no value, and must have one");
                }
            }
        }
    }
}
