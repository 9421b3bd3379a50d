package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.DataException;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.Validity;

/** What makes the values of a column those that a file stores. */
@FunctionalInterface
interface Cast {
    /** As they are. */
    Cast NONE = (column, positions, name) -> column;

    /**
     * The values of {@code column} at {@code positions}, none of them null: a new column of those alone, or the same
     * column.
     */
    Column apply(Column column, int[] positions, String name);

    /** Whole numbers of four bytes into ones of eight. */
    static Column widen(Column column, int[] positions, String name) {
        int[] source = ((IntColumn) column).values();
        long[] values = new long[positions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = source[positions[i]];
        }
        return new LongColumn(DataType.INT64, values, Validity.ALL);
    }

    /** Decimals of up to nine digits, kept in eight bytes, into four. */
    static Column narrow(Column column, int[] positions, String name) {
        long[] source = ((LongColumn) column).values();
        int[] values = new int[positions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.toIntExact(source[positions[i]]);
        }
        return new IntColumn(DataType.INT32, values, Validity.ALL);
    }

    /** Floats into doubles. */
    static Column widenFloat(Column column, int[] positions, String name) {
        float[] source = ((FloatColumn) column).values();
        double[] values = new double[positions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = source[positions[i]];
        }
        return new DoubleColumn(DataType.FLOAT64, values, Validity.ALL);
    }

    /** Bytes that must be {@code length} long. */
    static Cast exactly(int length) {
        return (column, positions, name) -> {
            BytesColumn bytes = (BytesColumn) column;
            for (int position : positions) {
                if (bytes.length(position) != length) {
                    throw new DataException("Cannot write column '" + name + "': the table holds " + length
                            + " bytes, and a row has " + bytes.length(position) + "; make the column binary");
                }
            }
            return column;
        };
    }

    /** Decimals into numbers of {@code length} bytes in two's complement, the highest byte first. */
    static Cast decimal(int length) {
        return (column, positions, name) -> {
            byte[] data = new byte[Math.multiplyExact(positions.length, length)];
            int[] offsets = new int[positions.length + 1];
            for (int i = 0; i < positions.length; i++) {
                offsets[i + 1] = offsets[i] + length;
                if (column instanceof LongColumn longs) {
                    put(longs.get(positions[i]), data, offsets[i], length);
                } else {
                    put((BytesColumn) column, positions[i], data, offsets[i], length);
                }
            }
            return new BytesColumn(DataType.BYTES, offsets, data, Validity.ALL);
        };
    }

    private static void put(long value, byte[] data, int at, int length) {
        for (int i = length - 1, shift = 0; i >= 0; i--, shift = Math.min(shift + 8, 63)) {
            data[at + i] = (byte) (value >> shift);
        }
    }

    private static void put(BytesColumn column, int row, byte[] data, int at, int length) {
        int given = column.length(row);
        int start = column.start(row);
        int surplus = Math.max(0, given - length);
        byte sign = (byte) (given > 0 && column.data()[start] < 0 ? -1 : 0);
        for (int i = 0; i < length - given; i++) {
            data[at + i] = sign;
        }
        System.arraycopy(column.data(), start + surplus, data, at + Math.max(0, length - given), given - surplus);
    }
}
