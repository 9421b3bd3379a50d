package dev.penstock.spi.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects a {@link FloatColumn}. */
public final class FloatColumnBuilder extends ColumnBuilder {
    private final DataType type;
    private float[] values;

    FloatColumnBuilder(DataType type, int capacity) {
        super(capacity);
        this.type = type;
        this.values = new float[capacity];
    }

    /** Appends a value. */
    public void append(float value) {
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
            append(((Number) value).floatValue());
        }
    }

    @Override
    public void appendAll(Column source, int from, int to) {
        int row = size();
        int count = to - from;
        if (row + count > values.length) {
            values = Arrays.copyOf(values, Math.max(row + count, row * 2));
        }
        System.arraycopy(((FloatColumn) source).values(), from, values, row, count);
        validity.append(source.validity(), from, to);
    }

    @Override
    public void truncate(int rows) {
        truncateValidity(rows);
    }

    @Override
    public long sizeInBytes() {
        return 4L * size();
    }

    @Override
    public FloatColumn build() {
        float[] built = size() == values.length ? values : Arrays.copyOf(values, size());
        values = new float[capacity];
        return new FloatColumn(type, built, finishValidity());
    }
}
