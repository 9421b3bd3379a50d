package dev.penstock.spi.data;

import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects an {@link IntColumn}. */
public final class IntColumnBuilder extends ColumnBuilder {
    private final DataType type;
    private int[] values;

    IntColumnBuilder(DataType type, int capacity) {
        super(capacity);
        this.type = type;
        this.values = new int[capacity];
    }

    /** Appends a value. */
    public void append(int value) {
        ensureRoom();
        values[size()] = value;
        validity.appendValid();
    }

    private int narrow(Number value) {
        long wide = value.longValue();
        int bits = type == DataType.INT8 ? 8 : type == DataType.INT16 ? 16 : 32;
        if (wide != wide << (64 - bits) >> (64 - bits)) {
            throw new ArithmeticException("Cannot store " + wide + " as " + type.text() + ": out of range");
        }
        return (int) wide;
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
            append(value instanceof LocalDate date ? Math.toIntExact(date.toEpochDay()) : narrow((Number) value));
        }
    }

    @Override
    public void appendAll(Column source, int from, int to) {
        int row = size();
        int count = to - from;
        if (row + count > values.length) {
            values = Arrays.copyOf(values, Math.max(row + count, row * 2));
        }
        System.arraycopy(((IntColumn) source).values(), from, values, row, count);
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
    public IntColumn build() {
        int[] built = size() == values.length ? values : Arrays.copyOf(values, size());
        values = new int[capacity];
        return new IntColumn(type, built, finishValidity());
    }
}
