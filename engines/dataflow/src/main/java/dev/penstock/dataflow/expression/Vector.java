package dev.penstock.dataflow.expression;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Validity;
import org.jspecify.annotations.Nullable;

/** The values of a part of an expression for the rows of a batch; arrays may be longer than there are rows. */
sealed interface Vector {
    /** See {@link Status}; null if every row has a value. */
    byte @Nullable [] status();

    /** What the values of a vector mean, and so which functions take them. */
    enum Kind {
        INT,
        DOUBLE,
        BOOL,
        STRING,
        /** Microseconds since 1970. */
        TIMESTAMP,
        /** Microseconds. */
        DURATION,
        /** Nothing but nulls: the literal. */
        NULL,
        /** Values that only row by row evaluation knows. */
        OTHER
    }

    /** Values of kind INT, TIMESTAMP and DURATION. */
    record Longs(long[] values, byte @Nullable [] status) implements Vector {}

    /** Values of kind DOUBLE. */
    record Doubles(double[] values, byte @Nullable [] status) implements Vector {}

    /** Values of kind BOOL. */
    record Booleans(boolean[] values, byte @Nullable [] status) implements Vector {}

    /** Values of kind STRING: row i is bytes {@code offsets[i]} to {@code offsets[i + 1] - 1}, UTF-8. */
    record Strings(byte[] data, int[] offsets, byte @Nullable [] status) implements Vector {
        int length(int row) {
            return offsets[row + 1] - offsets[row];
        }

        String string(int row) {
            return new String(data, offsets[row], length(row), java.nio.charset.StandardCharsets.UTF_8);
        }

        BytesColumn column(int size, Validity validity) {
            int[] ends = offsets.length == size + 1 ? offsets : java.util.Arrays.copyOf(offsets, size + 1);
            return new BytesColumn(DataType.STRING, ends, data, validity);
        }
    }

    /** Values of kind OTHER, as the CEL library has them, and of kind NULL. */
    record Objects(@Nullable Object[] values, byte @Nullable [] status) implements Vector {}
}
