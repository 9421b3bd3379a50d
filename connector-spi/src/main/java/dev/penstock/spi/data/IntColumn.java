package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values of type INT8, INT16, INT32 and DATE. */
public final class IntColumn implements Column {
    private final DataType type;
    private final int[] values;
    private final Validity validity;

    /** A column of all of {@code values}, which is kept, not copied. */
    public IntColumn(DataType type, int[] values, Validity validity) {
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
    public int get(int row) {
        return values[row];
    }

    /** The values of all rows; not to be changed. */
    public int[] values() {
        return values;
    }

    @Override
    public @Nullable Object value(int row) {
        return isNull(row)
                ? null
                : type == DataType.DATE ? (Object) LocalDate.ofEpochDay(values[row]) : (Object) values[row];
    }

    @Override
    public IntColumn take(int[] rows, int count) {
        int[] taken = new int[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new IntColumn(type, taken, validity.take(rows, count));
    }

    @Override
    public IntColumn slice(int from, int to) {
        return new IntColumn(type, Arrays.copyOfRange(values, from, to), validity.slice(from, to));
    }

    @Override
    public long sizeInBytes() {
        return 4L * values.length + validity.sizeInBytes();
    }
}
