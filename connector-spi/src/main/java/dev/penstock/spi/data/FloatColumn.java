package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values of type FLOAT32. */
public final class FloatColumn implements Column {
    private final DataType type;
    private final float[] values;
    private final Validity validity;

    /** A column of all of {@code values}, which is kept, not copied. */
    public FloatColumn(DataType type, float[] values, Validity validity) {
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
    public float get(int row) {
        return values[row];
    }

    /** The values of all rows; not to be changed. */
    public float[] values() {
        return values;
    }

    @Override
    public @Nullable Object value(int row) {
        return isNull(row) ? null : (Object) values[row];
    }

    @Override
    public FloatColumn take(int[] rows, int count) {
        float[] taken = new float[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new FloatColumn(type, taken, validity.take(rows, count));
    }

    @Override
    public FloatColumn slice(int from, int to) {
        return new FloatColumn(type, Arrays.copyOfRange(values, from, to), validity.slice(from, to));
    }

    @Override
    public long sizeInBytes() {
        return 4L * values.length + validity.sizeInBytes();
    }
}
