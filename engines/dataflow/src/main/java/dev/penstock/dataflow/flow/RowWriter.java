package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.BooleanColumnBuilder;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DoubleColumnBuilder;
import dev.penstock.spi.data.FloatColumnBuilder;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A row that is being written, column by column in any order, each at most once; what is left out is null. Columns are
 * named by their index in the schema of the step.
 *
 * <p>All methods throw {@link IllegalArgumentException}, naming the column, if a value is not of its type. Valid during
 * the call of {@link RowMapper#write} only.
 */
public final class RowWriter {
    private final BatchBuilder rows;
    private Operation operation = Operation.INSERT;

    RowWriter(Schema columns) {
        rows = new BatchBuilder(requireNonNull(columns, "columns"));
    }

    /** Writes to a BOOLEAN column. */
    public RowWriter booleanValue(int column, boolean value) {
        at(column, BooleanColumnBuilder.class).append(value);
        return this;
    }

    /** Writes to an INT8, INT16, INT32 or DATE column. */
    public RowWriter intValue(int column, int value) {
        at(column, IntColumnBuilder.class).append(value);
        return this;
    }

    /** Writes to an INT64 or TIME column, or a timestamp's, in its unit. */
    public RowWriter longValue(int column, long value) {
        at(column, LongColumnBuilder.class).append(value);
        return this;
    }

    /** Writes to a FLOAT32 or FLOAT64 column. */
    public RowWriter doubleValue(int column, double value) {
        if (rows.column(column) instanceof FloatColumnBuilder floats) {
            once(column, floats).append((float) value);
        } else {
            at(column, DoubleColumnBuilder.class).append(value);
        }
        return this;
    }

    /** Writes to a STRING or JSON column. */
    public RowWriter string(int column, String value) {
        at(column, BytesColumnBuilder.class).append(value);
        return this;
    }

    /** Writes a value of the Java type that {@code DataType} names for the column's, or null. */
    public RowWriter value(int column, @Nullable Object value) {
        try {
            once(column, rows.column(column)).appendValue(value);
        } catch (ClassCastException | ArithmeticException e) {
            throw new IllegalArgumentException(refusal(column) + e.getMessage(), e);
        }
        return this;
    }

    /** Writes all columns and the operation of {@code row}, whose columns are the same. */
    public RowWriter row(Row row) {
        for (int i = 0; i < rows.schema().size(); i++) {
            value(i, row.get(i));
        }
        return operation(row.operation());
    }

    /** Says what has happened to the row; an insert if not said. */
    public RowWriter operation(Operation happened) {
        operation = requireNonNull(happened, "happened");
        return this;
    }

    private <B extends ColumnBuilder> B at(int column, Class<B> kind) {
        ColumnBuilder builder = rows.column(column);
        if (!kind.isInstance(builder)) {
            throw new IllegalArgumentException(
                    refusal(column) + "this is not a value of that type; use the method for it");
        }
        return kind.cast(once(column, builder));
    }

    private <B extends ColumnBuilder> B once(int column, B builder) {
        if (builder.size() > rows.rowCount()) {
            throw new IllegalArgumentException(refusal(column) + "the row has one there already; write each once");
        }
        return builder;
    }

    private String refusal(int column) {
        return "Cannot write a value to column '" + rows.schema().field(column).name() + "' of type "
                + rows.schema().field(column).type().text() + ": ";
    }

    /** Ends the row; the next one begins. */
    void endRow() {
        for (int i = 0; i < rows.schema().size(); i++) {
            if (rows.column(i).size() == rows.rowCount()) {
                rows.column(i).appendNull();
            }
        }
        rows.endRow(operation);
        operation = Operation.INSERT;
    }

    /** The rows since the last call. */
    RecordBatch build() {
        return rows.build();
    }
}
