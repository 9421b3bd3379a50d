package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values of type {@link DataType#OBJECT}: references, which null stands for itself in. */
public final class ObjectColumn implements Column {
    /** What a reference and a small object behind it take, roughly; nobody can say what hangs on it. */
    private static final long BYTES_A_ROW = 48;

    private final @Nullable Object[] values;

    /** A column of all of {@code values}, which is kept, not copied. */
    public ObjectColumn(@Nullable Object[] values) {
        this.values = requireNonNull(values, "values");
    }

    @Override
    public DataType type() {
        return DataType.OBJECT;
    }

    @Override
    public int size() {
        return values.length;
    }

    /** Which rows are not null; made anew with each call, so ask {@link #isNull} or {@link #values} in loops. */
    @Override
    public Validity validity() {
        Validity.Builder validity = new Validity.Builder();
        for (Object value : values) {
            if (value == null) {
                validity.appendNull();
            } else {
                validity.appendValid();
            }
        }
        return validity.build();
    }

    @Override
    public boolean isNull(int row) {
        return values[row] == null;
    }

    /** The values of all rows; not to be changed. */
    public @Nullable Object[] values() {
        return values;
    }

    @Override
    public @Nullable Object value(int row) {
        return values[row];
    }

    @Override
    public ObjectColumn take(int[] rows, int count) {
        @Nullable Object[] taken = new Object[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new ObjectColumn(taken);
    }

    @Override
    public ObjectColumn slice(int from, int to) {
        return new ObjectColumn(Arrays.copyOfRange(values, from, to));
    }

    /** Roughly: small objects are assumed. */
    @Override
    public long sizeInBytes() {
        return BYTES_A_ROW * values.length;
    }
}
