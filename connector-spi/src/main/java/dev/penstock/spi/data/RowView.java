package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A cursor over the rows of a batch; starts before the first row.
 *
 * <pre>{@code
 * RowView row = batch.rows();
 * while (row.next()) {
 *     total += row.longValue(amount);
 * }
 * }</pre>
 *
 * <p>Not thread safe. Typed getters expect the column that {@link DataType} names for the type and a row that is not
 * null.
 */
public final class RowView {
    private final RecordBatch batch;
    private int row = -1;

    RowView(RecordBatch batch) {
        this.batch = requireNonNull(batch, "batch");
    }

    /** Moves to the next row; false behind the last one. */
    public boolean next() {
        if (row + 1 >= batch.rowCount()) {
            return false;
        }
        row++;
        return true;
    }

    /** The number of the current row in its batch. */
    public int index() {
        return row;
    }

    /** What the current row says has happened. */
    public Operation operation() {
        return batch.operation(row);
    }

    /** Whether the value at {@code column} is missing. */
    public boolean isNull(int column) {
        return batch.column(column).isNull(row);
    }

    /** The value of a BOOLEAN column. */
    public boolean booleanValue(int column) {
        return ((BooleanColumn) batch.column(column)).get(row);
    }

    /** The value of an INT8, INT16, INT32 or DATE column. */
    public int intValue(int column) {
        return ((IntColumn) batch.column(column)).get(row);
    }

    /** The value of any integer or time column. */
    public long longValue(int column) {
        return batch.column(column) instanceof IntColumn ints
                ? ints.get(row)
                : ((LongColumn) batch.column(column)).get(row);
    }

    /** The value of a FLOAT32 or FLOAT64 column. */
    public double doubleValue(int column) {
        return batch.column(column) instanceof FloatColumn floats
                ? floats.get(row)
                : ((DoubleColumn) batch.column(column)).get(row);
    }

    /** The value of a STRING or JSON column. */
    public String string(int column) {
        return ((BytesColumn) batch.column(column)).string(row);
    }

    /** The value at {@code column} as the Java type that {@link DataType} names, or null. */
    public @Nullable Object value(int column) {
        return batch.column(column).value(row);
    }

    /** The current row as a detached value. */
    public Row detach() {
        return batch.row(row);
    }
}
