package dev.penstock.spi.data;

import org.jspecify.annotations.Nullable;

/**
 * The values of one field for all rows of a batch.
 *
 * <p>Fast code asks for the concrete column once a batch and loops over its arrays; {@link #value} serves code that
 * sees a row now and then. The arrays that columns hand out are the column's own: read them, never change them.
 */
public sealed interface Column
        permits BooleanColumn,
                IntColumn,
                LongColumn,
                FloatColumn,
                DoubleColumn,
                BytesColumn,
                ListColumn,
                FixedListColumn,
                StructColumn,
                MapColumn,
                ObjectColumn {
    /** What the values mean. */
    DataType type();

    /** The number of rows. */
    int size();

    /** Which rows have a value. Where a row has none, what the arrays hold for it means nothing. */
    Validity validity();

    /** Whether {@code row} has no value. */
    default boolean isNull(int row) {
        return validity().isNull(row);
    }

    /** Whether {@code row} has no value because it keeps the one it had before, which is not known here. */
    default boolean isUnchanged(int row) {
        return validity().isUnchanged(row);
    }

    /** The detached value of {@code row}, of the Java type that {@link DataType} names, or null. */
    @Nullable Object value(int row);

    /** The rows {@code rows[0]} to {@code rows[count - 1]}, in that order. */
    Column take(int[] rows, int count);

    /** Rows {@code from} (inclusive) to {@code to} (exclusive). */
    Column slice(int from, int to);

    /** The memory the values take, in bytes; what bounds queues and batches. */
    long sizeInBytes();
}
