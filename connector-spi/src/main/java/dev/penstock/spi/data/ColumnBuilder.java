package dev.penstock.spi.data;

import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one column.
 *
 * <p>Decoders cast to the concrete builder once a batch and call its typed {@code append}. {@link #build} gives the
 * column and leaves the builder empty for the next one. Not thread safe.
 */
public abstract sealed class ColumnBuilder
        permits BooleanColumnBuilder,
                IntColumnBuilder,
                LongColumnBuilder,
                FloatColumnBuilder,
                DoubleColumnBuilder,
                BytesColumnBuilder,
                ListColumnBuilder,
                FixedListColumnBuilder,
                StructColumnBuilder,
                MapColumnBuilder,
                ObjectColumnBuilder {
    final int capacity;
    Validity.Builder validity = new Validity.Builder();

    ColumnBuilder(int capacity) {
        this.capacity = capacity;
    }

    /** A builder of columns of {@code type} with room for {@code capacity} rows; it grows as needed. */
    public static ColumnBuilder of(DataType type, int capacity) {
        if (type instanceof DataType.ListOf list) {
            return new ListColumnBuilder(list, capacity);
        }
        if (type instanceof DataType.FixedList list) {
            return new FixedListColumnBuilder(list, capacity);
        }
        if (type instanceof DataType.Struct struct) {
            return new StructColumnBuilder(struct, capacity);
        }
        if (type instanceof DataType.MapOf map) {
            return new MapColumnBuilder(map, capacity);
        }
        if (type instanceof DataType.Timestamp) {
            return new LongColumnBuilder(type, capacity);
        }
        if (type instanceof DataType.Decimal decimal) {
            return decimal.fitsLong() ? new LongColumnBuilder(type, capacity) : new BytesColumnBuilder(type, capacity);
        }
        return type instanceof DataType.Opaque
                ? new ObjectColumnBuilder(capacity)
                : ofScalar((DataType.Scalar) type, capacity);
    }

    private static ColumnBuilder ofScalar(DataType.Scalar type, int capacity) {
        return switch (type) {
            case BOOLEAN -> new BooleanColumnBuilder(type, capacity);
            case INT8, INT16, INT32, DATE -> new IntColumnBuilder(type, capacity);
            case INT64, TIME -> new LongColumnBuilder(type, capacity);
            case FLOAT32 -> new FloatColumnBuilder(type, capacity);
            case FLOAT64 -> new DoubleColumnBuilder(type, capacity);
            case STRING, BYTES, UUID, JSON -> new BytesColumnBuilder(type, capacity);
        };
    }

    /** The number of rows appended since the last {@link #build}. */
    public int size() {
        return validity.size();
    }

    /** Appends a row without a value. */
    public abstract void appendNull();

    /** Appends a row that keeps the value it had before, which is not known: {@link Validity#isUnchanged}. */
    public final void appendUnchanged() {
        appendNull();
        validity.markUnchanged();
    }

    /** Appends {@code count} rows without a value. */
    public final void appendNulls(int count) {
        for (int i = 0; i < count; i++) {
            appendNull();
        }
    }

    /**
     * Appends a detached value of the Java type that {@link DataType} names, or null.
     *
     * @throws ClassCastException if it is of another type
     * @throws ArithmeticException if it does not fit
     */
    public abstract void appendValue(@Nullable Object value);

    /** Appends rows {@code from} (inclusive) to {@code to} (exclusive) of a column of the same type. */
    public abstract void appendAll(Column source, int from, int to);

    /** Forgets the rows from {@code rows} on. */
    public abstract void truncate(int rows);

    /** The memory the rows so far take, in bytes, roughly. */
    public abstract long sizeInBytes();

    /** The rows so far as a column; the builder is empty afterwards. */
    public abstract Column build();

    final void truncateValidity(int rows) {
        if (rows < size()) {
            Validity.Builder kept = new Validity.Builder();
            kept.append(validity.build(), 0, rows);
            validity = kept;
        }
    }

    final Validity finishValidity() {
        Validity built = validity.build();
        validity = new Validity.Builder();
        return built;
    }
}
