package dev.penstock.spi.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects an {@link ObjectColumn}. */
public final class ObjectColumnBuilder extends ColumnBuilder {
    private static final long BYTES_A_ROW = 48;

    private @Nullable Object[] values;
    private int count;

    ObjectColumnBuilder(int capacity) {
        super(capacity);
        this.values = new Object[capacity];
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public void appendNull() {
        appendValue(null);
    }

    @Override
    public void appendValue(@Nullable Object value) {
        ensureRoom(1);
        values[count++] = value;
    }

    private void ensureRoom(int more) {
        if (count + more > values.length) {
            values = Arrays.copyOf(values, Math.max(16, Math.max(count + more, count * 2)));
        }
    }

    @Override
    public void appendAll(Column source, int from, int to) {
        ensureRoom(to - from);
        System.arraycopy(((ObjectColumn) source).values(), from, values, count, to - from);
        count += to - from;
    }

    @Override
    public void truncate(int rows) {
        if (rows < count) {
            Arrays.fill(values, rows, count, null);
            count = rows;
        }
    }

    @Override
    public long sizeInBytes() {
        return BYTES_A_ROW * count;
    }

    @Override
    public ObjectColumn build() {
        @Nullable Object[] built = count == values.length ? values : Arrays.copyOf(values, count);
        values = new Object[capacity];
        count = 0;
        return new ObjectColumn(built);
    }
}
