package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values of type FLOAT64. */
public final class DoubleColumn implements Column {
    private final DataType type;
    private final double[] values;
    private final Validity validity;

    /** A column of all of {@code values}, which is kept, not copied. */
    public DoubleColumn(DataType type, double[] values, Validity validity) {
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
    public double get(int row) {
        return values[row];
    }

    /** The values of all rows; not to be changed. */
    public double[] values() {
        return values;
    }

    @Override
    public @Nullable Object value(int row) {
        return isNull(row) ? null : (Object) values[row];
    }

    @Override
    public DoubleColumn take(int[] rows, int count) {
        double[] taken = new double[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new DoubleColumn(type, taken, validity.take(rows, count));
    }

    @Override
    public DoubleColumn slice(int from, int to) {
        return new DoubleColumn(type, Arrays.copyOfRange(values, from, to), validity.slice(from, to));
    }

    @Override
    public long sizeInBytes() {
        return 8L * values.length + validity.sizeInBytes();
    }
}
