package dev.penstock.dataflow.operator;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.ObjectColumn;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Appends the values of one key column, row by row; chosen once a batch by the column's type. */
interface ColumnKeys {
    /** Appends the value of {@code row}, which is not null. */
    void append(int row, KeyBuffer out);

    /** Whether columns of {@code type} can be keyed by. */
    static boolean isPossible(DataType type) {
        return type instanceof DataType.Scalar
                || type instanceof DataType.Timestamp
                || type instanceof DataType.Decimal
                || type instanceof DataType.Opaque;
    }

    /** What appends the values of {@code column}. */
    static ColumnKeys of(Column column) {
        if (column instanceof IntColumn ints) {
            byte tag = ints.type() == DataType.DATE ? KeyFormat.DATE : KeyFormat.INTEGER;
            return (row, out) -> out.put(tag, ints.get(row));
        }
        if (column instanceof LongColumn longs) {
            return ofLongs(longs);
        }
        if (column instanceof BytesColumn bytes) {
            return ofBytes(bytes);
        }
        if (column instanceof BooleanColumn booleans) {
            return (row, out) -> {
                out.put(KeyFormat.BOOLEAN);
                out.put((byte) (booleans.get(row) ? 1 : 0));
            };
        }
        if (column instanceof DoubleColumn doubles) {
            return (row, out) -> out.put(KeyFormat.FLOAT, bits(doubles.get(row)));
        }
        if (column instanceof FloatColumn floats) {
            return (row, out) -> out.put(KeyFormat.FLOAT, bits(floats.get(row)));
        }
        if (column instanceof ObjectColumn objects) {
            return (row, out) -> ObjectKeys.append(requireNonNull(objects.value(row)), out);
        }
        throw new IllegalArgumentException(
                "Cannot key by a column of type " + column.type().text() + "; use one with single values");
    }

    /** Minus zero equals zero, and all NaN are one. */
    private static long bits(double value) {
        return Double.doubleToLongBits(value == 0.0 ? 0.0 : value);
    }

    private static ColumnKeys ofLongs(LongColumn longs) {
        if (longs.type() instanceof DataType.Timestamp timestamp) {
            return ofTimestamps(longs, timestamp);
        }
        if (longs.type() instanceof DataType.Decimal decimal) {
            return (row, out) -> append(BigDecimal.valueOf(longs.get(row), decimal.scale()), out);
        }
        byte tag = longs.type() == DataType.TIME ? KeyFormat.TIME : KeyFormat.INTEGER;
        return (row, out) -> out.put(tag, longs.get(row));
    }

    private static ColumnKeys ofTimestamps(LongColumn longs, DataType.Timestamp type) {
        byte tag = type.zoned() ? KeyFormat.TIMESTAMP : KeyFormat.LOCAL_TIMESTAMP;
        int unitsPerMicro = type.precision() == DataType.Precision.NANOS ? KeyFormat.NANOS_PER_MICRO : 1;
        return (row, out) -> {
            long value = longs.get(row);
            out.put(tag, Math.floorDiv(value, (long) unitsPerMicro));
            out.putShort(Math.floorMod(value, unitsPerMicro));
        };
    }

    private static ColumnKeys ofBytes(BytesColumn bytes) {
        if (bytes.type() instanceof DataType.Decimal decimal) {
            return (row, out) -> append(
                    new BigDecimal(new BigInteger(bytes.data(), bytes.start(row), bytes.length(row)), decimal.scale()),
                    out);
        }
        if (bytes.type() == DataType.UUID) {
            return (row, out) -> {
                out.put(KeyFormat.UUID);
                out.put(bytes.data(), bytes.start(row), bytes.length(row));
            };
        }
        byte tag = bytes.type() == DataType.BYTES ? KeyFormat.BYTES : KeyFormat.TEXT;
        return (row, out) -> {
            out.put(tag);
            out.putLength(bytes.length(row));
            out.put(bytes.data(), bytes.start(row), bytes.length(row));
        };
    }

    private static void append(BigDecimal value, KeyBuffer out) {
        BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        byte[] unscaled = shortest.unscaledValue().toByteArray();
        out.put(KeyFormat.DECIMAL);
        out.putShort(shortest.scale() >> Short.SIZE);
        out.putShort(shortest.scale());
        out.putLength(unscaled.length);
        out.put(unscaled, 0, unscaled.length);
    }
}
