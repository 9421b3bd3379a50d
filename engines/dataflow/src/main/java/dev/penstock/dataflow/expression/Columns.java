package dev.penstock.dataflow.expression;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.StructColumn;

/** Finds the column of a variable, which may be a field inside struct columns. */
final class Columns {
    private Columns() {}

    /** The column at {@code path}: an index into the batch, then one into each struct. */
    static Column at(RecordBatch batch, int[] path) {
        Column column = batch.column(path[0]);
        for (int i = 1; i < path.length; i++) {
            column = ((StructColumn) column).fields().get(path[i]);
        }
        return column;
    }

    /** Whether the value at {@code path} is missing, because it is null or a struct around it is. */
    static boolean isNull(RecordBatch batch, int[] path, int row) {
        Column column = batch.column(path[0]);
        for (int i = 1; i < path.length; i++) {
            if (column.isNull(row)) {
                return true;
            }
            column = ((StructColumn) column).fields().get(path[i]);
        }
        return column.isNull(row);
    }
}
