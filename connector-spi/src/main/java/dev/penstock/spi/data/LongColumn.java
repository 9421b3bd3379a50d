package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values of type INT64, TIME, {@link DataType.Timestamp} and short {@link DataType.Decimal}. */
public final class LongColumn implements Column {
    private final DataType type;
    private final long[] values;
    private final Validity validity;

    /** A column of all of {@code values}, which is kept, not copied. */
    public LongColumn(DataType type, long[] values, Validity validity) {
        this.type = requireNonNull(type, "type");
        this.values = requireNonNull(values, "values");
        this.validity = requireNonNull(validity, "validity");
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Validity validity() {
        return validity;
    }

    /** The value of {@code row}; meaningless where the row is null. */
    public long get(int row) {
        return values[row];
    }

    /** The values of all rows; not to be changed. */
    public long[] values() {
        return values;
    }

    @Override
    public @Nullable Object value(int row) {
        return isNull(row) ? null : Values.ofLong(type, values[row]);
    }

    @Override
    public LongColumn take(int[] rows, int count) {
        long[] taken = new long[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new LongColumn(type, taken, validity.take(rows, count));
    }

    @Override
    public LongColumn slice(int from, int to) {
        return new LongColumn(type, Arrays.copyOfRange(values, from, to), validity.slice(from, to));
    }

    @Override
    public long sizeInBytes() {
        return 8L * values.length + validity.sizeInBytes();
    }
}
