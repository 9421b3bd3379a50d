package dev.penstock.spi.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects a {@link LongColumn}. */
public final class LongColumnBuilder extends ColumnBuilder {
    private final DataType type;
    private long[] values;

    LongColumnBuilder(DataType type, int capacity) {
        super(capacity);
        this.type = type;
        this.values = new long[capacity];
    }

    /** Appends a value. */
    public void append(long value) {
        ensureRoom();
        values[size()] = value;
        validity.appendValid();
    }

    private void ensureRoom() {
        if (size() == values.length) {
            values = Arrays.copyOf(values, Math.max(16, values.length * 2));
        }
    }

    @Override
    public void appendNull() {
        ensureRoom();
        validity.appendNull();
    }

    @Override
    public void appendValue(@Nullable Object value) {
        if (value == null) {
            appendNull();
        } else {
            append(Values.toLong(type, value));
        }
    }

    @Override
    public void appendAll(Column source, int from, int to) {
        int row = size();
        int count = to - from;
        if (row + count > values.length) {
            values = Arrays.copyOf(values, Math.max(row + count, row * 2));
        }
        System.arraycopy(((LongColumn) source).values(), from, values, row, count);
        validity.append(source.validity(), from, to);
    }

    @Override
    public void truncate(int rows) {
        truncateValidity(rows);
    }

    @Override
    public long sizeInBytes() {
        return 8L * size();
    }

    @Override
    public LongColumn build() {
        long[] built = size() == values.length ? values : Arrays.copyOf(values, size());
        values = new long[capacity];
        return new LongColumn(type, built, finishValidity());
    }
}
