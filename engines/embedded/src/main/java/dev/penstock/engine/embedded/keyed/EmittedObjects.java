package dev.penstock.engine.embedded.keyed;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ObjectColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows all of whose columns hold objects: references go straight into the arrays of the columns. */
final class EmittedObjects implements EmittedRows {
    private static final int FIRST_CAPACITY = 64;

    /** What a reference and a small object behind it take, roughly. */
    private static final long BYTES_A_VALUE = 48;

    private final Schema schema;
    private final @Nullable Object[][] columns;
    private int capacity = FIRST_CAPACITY;
    private int count;

    EmittedObjects(Schema schema) {
        this.schema = schema;
        this.columns = new Object[schema.size()][FIRST_CAPACITY];
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long sizeInBytes() {
        return BYTES_A_VALUE * columns.length * count;
    }

    @Override
    public void append(@Nullable Object... values) {
        if (values.length != columns.length) {
            throw new IllegalArgumentException("Cannot emit " + values.length + " values for " + schema);
        }
        if (count == capacity) {
            grow();
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i][count] = values[i];
        }
        count++;
    }

    private void grow() {
        capacity *= 2;
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Arrays.copyOf(columns[i], capacity);
        }
    }

    @Override
    public RecordBatch build() {
        List<Column> built = new ArrayList<>(columns.length);
        for (int i = 0; i < columns.length; i++) {
            built.add(new ObjectColumn(taken(i)));
        }
        RecordBatch batch = RecordBatch.of(schema, count, built);
        count = 0;
        return batch;
    }

    /** A full array is handed over; one that is not is copied and used again, without what it held. */
    private @Nullable Object[] taken(int column) {
        @Nullable Object[] values = columns[column];
        if (count == values.length) {
            columns[column] = new Object[capacity];
            return values;
        }
        @Nullable Object[] copy = Arrays.copyOf(values, count);
        Arrays.fill(values, 0, count, null);
        return copy;
    }
}
