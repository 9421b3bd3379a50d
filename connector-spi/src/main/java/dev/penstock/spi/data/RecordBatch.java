package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of one schema, as columns: what connectors, transforms and engines hand to each other.
 *
 * <p>A batch is immutable once handed over; whoever made it must not change the arrays under it. All methods that give
 * a batch share what they can with this one.
 */
public final class RecordBatch {
    /** What {@link #eventTimes()} holds for a row without one. */
    public static final long NO_EVENT_TIME = Long.MIN_VALUE;

    private final Schema schema;
    private final int rowCount;
    private final List<Column> columns;
    private final byte @Nullable [] operations;
    private final long @Nullable [] eventTimes;
    private final @Nullable RecordBatch before;
    private final Origin origin;

    private RecordBatch(Parts parts) {
        this.schema = parts.schema;
        this.rowCount = parts.rowCount;
        this.columns = parts.columns;
        this.operations = parts.operations;
        this.eventTimes = parts.eventTimes;
        this.before = parts.before;
        this.origin = parts.origin;
    }

    /**
     * A batch of inserted rows without event time or origin.
     *
     * @throws IllegalArgumentException if the columns do not fit the schema or the row count
     */
    public static RecordBatch of(Schema schema, int rowCount, List<? extends Column> columns) {
        return new RecordBatch(new Parts(schema, rowCount, columns));
    }

    /** A batch without rows. */
    public static RecordBatch empty(Schema schema) {
        return new BatchBuilder(schema).build();
    }

    /** The columns' names and types. */
    public Schema schema() {
        return schema;
    }

    /** The number of rows. */
    public int rowCount() {
        return rowCount;
    }

    /** Whether there are no rows. */
    public boolean isEmpty() {
        return rowCount == 0;
    }

    /** The columns, in the order of the schema. */
    public List<Column> columns() {
        return columns;
    }

    /** The column at {@code index}. */
    public Column column(int index) {
        return columns.get(index);
    }

    /** The column named {@code name}. */
    public Column column(String name) {
        return columns.get(schema.indexOf(name));
    }

    /** What {@code row} says has happened. */
    public Operation operation(int row) {
        return operations == null ? Operation.INSERT : Operation.of(operations[row]);
    }

    /** Whether every row is an insert; what most sources give. */
    public boolean allInserts() {
        return operations == null;
    }

    /** Whether a row may have a column that is {@linkplain Validity#isUnchanged unchanged}. */
    public boolean anyUnchanged() {
        return columns.stream().anyMatch(column -> column.validity().anyUnchanged());
    }

    /** When {@code row} happened, in microseconds since 1970-01-01T00:00Z, or {@link #NO_EVENT_TIME}. */
    public long eventTime(int row) {
        return eventTimes == null ? NO_EVENT_TIME : eventTimes[row];
    }

    /** The event times of all rows; empty if no row has one; not to be changed. */
    public Optional<long[]> eventTimes() {
        return Optional.ofNullable(eventTimes);
    }

    /** For changes, the rows as they were: as many rows as here, all columns null where it is not known. */
    public Optional<RecordBatch> before() {
        return Optional.ofNullable(before);
    }

    /** Where the rows came from. */
    public Origin origin() {
        return origin;
    }

    /** This batch with the operations {@code codes}, one {@link Operation#code()} a row; kept, not copied. */
    public RecordBatch withOperations(byte[] codes) {
        checkRows(codes.length, "operations");
        return with(parts -> parts.operations = codes);
    }

    /** This batch with event times, one a row; kept, not copied. */
    public RecordBatch withEventTimes(long[] times) {
        checkRows(times.length, "event times");
        return with(parts -> parts.eventTimes = times);
    }

    /** This batch with the rows as they were. */
    public RecordBatch withBefore(RecordBatch rows) {
        checkRows(rows.rowCount(), "rows before");
        return with(parts -> parts.before = rows);
    }

    /** This batch with another origin. */
    public RecordBatch withOrigin(Origin newOrigin) {
        return with(parts -> parts.origin = newOrigin);
    }

    /** The same rows, operations, times and origin with other columns; the rows before are kept as they are. */
    public RecordBatch withColumns(Schema newSchema, List<? extends Column> newColumns) {
        return with(parts -> {
            parts.schema = newSchema;
            parts.columns = List.copyOf(newColumns);
        });
    }

    /** The columns at {@code indexes}, in that order. */
    public RecordBatch project(int... indexes) {
        List<Column> kept = new ArrayList<>(indexes.length);
        for (int index : indexes) {
            kept.add(columns.get(index));
        }
        return withColumns(schema.project(indexes), kept);
    }

    /** The rows {@code rows[0]} to {@code rows[count - 1]}, in that order; a row may be taken more than once. */
    public RecordBatch take(int[] rows, int count) {
        return with(parts -> {
            parts.rowCount = count;
            parts.columns = Picking.columns(columns, rows, count);
            parts.operations = operations == null ? null : Picking.operations(operations, rows, count);
            parts.eventTimes = eventTimes == null ? null : Picking.times(eventTimes, rows, count);
            parts.before = before == null ? null : before.take(rows, count);
            parts.origin = origin.take(rows, count);
        });
    }

    /** The rows that are true in {@code keep}; this batch itself if all are. */
    public RecordBatch filter(boolean[] keep) {
        checkRows(keep.length, "choices");
        int[] rows = new int[rowCount];
        int count = 0;
        for (int row = 0; row < rowCount; row++) {
            rows[count] = row;
            count += keep[row] ? 1 : 0;
        }
        return count == rowCount ? this : take(rows, count);
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive); this batch itself if that is all of them. */
    public RecordBatch slice(int from, int to) {
        if (from == 0 && to == rowCount) {
            return this;
        }
        return with(parts -> {
            parts.rowCount = to - from;
            parts.columns =
                    columns.stream().map(column -> column.slice(from, to)).toList();
            parts.operations = operations == null ? null : Arrays.copyOfRange(operations, from, to);
            parts.eventTimes = eventTimes == null ? null : Arrays.copyOfRange(eventTimes, from, to);
            parts.before = before == null ? null : before.slice(from, to);
            parts.origin = origin.from(from);
        });
    }

    /**
     * The rows of all of {@code batches}, in order.
     *
     * @throws IllegalArgumentException if there is no batch, or their schemas differ
     */
    public static RecordBatch concat(List<RecordBatch> batches) {
        return Picking.concat(batches);
    }

    /** A cursor over the rows that allocates nothing a row. */
    public RowView rows() {
        return new RowView(this);
    }

    /** {@code row} as a detached value. */
    public Row row(int row) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).value(row);
        }
        return Row.owning(schema, values, operation(row));
    }

    /** All rows as detached values; for tests and small batches. */
    public List<Row> toRows() {
        List<Row> rows = new ArrayList<>(rowCount);
        for (int row = 0; row < rowCount; row++) {
            rows.add(row(row));
        }
        return rows;
    }

    /** The memory the batch takes, in bytes, rows before included. */
    public long sizeInBytes() {
        long bytes = (operations == null ? 0 : operations.length) + (eventTimes == null ? 0 : 8L * eventTimes.length);
        for (Column column : columns) {
            bytes += column.sizeInBytes();
        }
        return bytes + (before == null ? 0 : before.sizeInBytes());
    }

    @Override
    public String toString() {
        return rowCount + " rows of " + schema;
    }

    private void checkRows(int count, String what) {
        if (count != rowCount) {
            throw new IllegalArgumentException(
                    "Cannot give " + count + " " + what + " to a batch of " + rowCount + " rows");
        }
    }

    private RecordBatch with(Consumer<Parts> change) {
        Parts parts = new Parts(schema, rowCount, columns);
        parts.operations = operations;
        parts.eventTimes = eventTimes;
        parts.before = before;
        parts.origin = origin;
        change.accept(parts);
        parts.check();
        return new RecordBatch(parts);
    }

    /** What a batch is made of, while it is being made. */
    private static final class Parts {
        private Schema schema;
        private int rowCount;
        private List<Column> columns;
        private byte @Nullable [] operations;
        private long @Nullable [] eventTimes;
        private @Nullable RecordBatch before;
        private Origin origin = Origin.NONE;

        Parts(Schema schema, int rowCount, List<? extends Column> columns) {
            this.schema = requireNonNull(schema, "schema");
            this.rowCount = rowCount;
            this.columns = List.copyOf(columns);
            check();
        }

        void check() {
            if (columns.size() != schema.size()) {
                throw new IllegalArgumentException(
                        "Cannot make a batch of " + columns.size() + " columns for " + schema + ": one column a field");
            }
            for (int i = 0; i < columns.size(); i++) {
                checkColumn(schema.field(i), columns.get(i));
            }
        }

        private void checkColumn(Field field, Column column) {
            if (column.size() != rowCount || !column.type().equals(field.type())) {
                throw new IllegalArgumentException("Cannot make column '" + field.name() + "' of " + column.size() + " "
                        + column.type().text() + ": expected " + rowCount + " "
                        + field.type().text());
            }
        }
    }
}
