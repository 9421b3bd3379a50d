package dev.penstock.dataflow.expression;

import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.Validity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes columns of vectors. */
final class Results {
    private Results() {}

    /** A column of {@code type} of the first {@code size} values; null where there is no value. */
    static Column column(DataType type, Vector vector, int size) {
        Validity validity = validity(vector.status(), size);
        if (vector instanceof Vector.Longs longs) {
            long[] values = longs.values();
            return new LongColumn(type, values.length == size ? values : Arrays.copyOf(values, size), validity);
        }
        if (vector instanceof Vector.Doubles doubles) {
            double[] values = doubles.values();
            return new DoubleColumn(type, values.length == size ? values : Arrays.copyOf(values, size), validity);
        }
        if (vector instanceof Vector.Booleans booleans) {
            boolean[] values = booleans.values();
            return new BooleanColumn(type, values.length == size ? values : Arrays.copyOf(values, size), validity);
        }
        if (vector instanceof Vector.Strings strings) {
            return strings.column(size, validity);
        }
        return objects(type, (Vector.Objects) vector, size);
    }

    private static Validity validity(byte @Nullable [] status, int size) {
        if (status == null) {
            return Validity.ALL;
        }
        long[] words = new long[Validity.wordCount(size)];
        boolean all = true;
        for (int row = 0; row < size; row++) {
            if (status[row] == Status.OK) {
                words[row >>> 6] |= 1L << row;
            } else {
                all = false;
            }
        }
        return all ? Validity.ALL : Validity.of(words);
    }

    private static Column objects(DataType type, Vector.Objects objects, int size) {
        ColumnBuilder builder = ColumnBuilder.of(type, Math.max(1, size));
        byte[] status = Status.orNew(objects.status(), size);
        for (int row = 0; row < size; row++) {
            Object value = objects.values()[row];
            if (value == null) {
                builder.appendNull();
                continue;
            }
            try {
                builder.appendValue(CelValues.fromCel(type, value));
            } catch (ArithmeticException | ClassCastException e) {
                builder.truncate(row);
                builder.appendNull();
                status[row] = Status.OVERFLOW;
            }
        }
        return builder.build();
    }
}
