package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows into a {@link RecordBatch}.
 *
 * <p>The simple way appends whole rows: {@link #append(Object...)}. The fast way appends to each column's builder and
 * then calls {@link #endRow}; every column must then have got exactly one value. {@link #build} gives the batch and
 * starts anew.
 *
 * <p>Not thread safe.
 */
public final class BatchBuilder {
    private static final int FIRST_CAPACITY = 64;

    private final Schema schema;
    private final ColumnBuilder[] columns;
    private byte @Nullable [] operations;
    private int rows;

    /** A builder of batches of {@code schema}. */
    public BatchBuilder(Schema schema) {
        this(schema, FIRST_CAPACITY);
    }

    /** As {@link #BatchBuilder(Schema)}, with room for {@code capacity} rows. */
    public BatchBuilder(Schema schema, int capacity) {
        this.schema = requireNonNull(schema, "schema");
        this.columns = schema.fields().stream()
                .map(field -> ColumnBuilder.of(field.type(), capacity))
                .toArray(ColumnBuilder[]::new);
    }

    /** The schema of the batches. */
    public Schema schema() {
        return schema;
    }

    /** The number of rows ended so far. */
    public int rowCount() {
        return rows;
    }

    /** The builder of the column at {@code index}, to append to before {@link #endRow}. */
    public ColumnBuilder column(int index) {
        return columns[index];
    }

    /**
     * Appends an inserted row of detached values, in the order of the schema.
     *
     * @throws IllegalArgumentException if a value does not fit its column, naming it; no part of the row is kept then
     */
    public BatchBuilder append(@Nullable Object... values) {
        return append(Row.of(schema, values));
    }

    /** Appends {@code row} with its operation; throws as {@link #append(Object...)}. */
    public BatchBuilder append(Row row) {
        for (int i = 0; i < columns.length; i++) {
            try {
                columns[i].appendValue(row.get(i));
            } catch (ClassCastException | ArithmeticException e) {
                cancelRow();
                throw new IllegalArgumentException(
                        "Cannot store a value in column '"
                                + schema.field(i).name() + "' of type "
                                + schema.field(i).type().text() + ": "
                                + e.getMessage(),
                        e);
            }
        }
        endRow(row.operation());
        return this;
    }

    /** Ends an inserted row. */
    public void endRow() {
        endRow(Operation.INSERT);
    }

    /** Ends a row whose values were appended to the columns. */
    public void endRow(Operation operation) {
        if (operation != Operation.INSERT && operations == null) {
            operations = new byte[Math.max(FIRST_CAPACITY, rows + 1)];
        }
        if (operations != null) {
            operations = rows < operations.length ? operations : Arrays.copyOf(operations, rows * 2);
            operations[rows] = operation.code();
        }
        rows++;
    }

    /** Takes back what was appended since the last {@link #endRow}: the way out when decoding a row fails half way. */
    public void cancelRow() {
        for (ColumnBuilder column : columns) {
            column.truncate(rows);
        }
    }

    /** Takes back the rows from {@code count} on, and what was appended since the last {@link #endRow}. */
    public void truncate(int count) {
        rows = Math.min(rows, count);
        cancelRow();
    }

    /** The memory the rows so far take, in bytes, roughly. */
    public long sizeInBytes() {
        return Stream.of(columns).mapToLong(ColumnBuilder::sizeInBytes).sum();
    }

    /** The rows so far as a batch; the builder is empty afterwards. */
    public RecordBatch build() {
        List<Column> built = Stream.of(columns).map(ColumnBuilder::build).toList();
        RecordBatch batch = RecordBatch.of(schema, rows, built);
        byte @Nullable [] codes = operations;
        int count = rows;
        operations = null;
        rows = 0;
        return codes == null ? batch : batch.withOperations(Arrays.copyOf(codes, count));
    }
}
