package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.format.ByteOutput;
import dev.penstock.dataflow.format.TextReader;
import dev.penstock.dataflow.format.TextWriter;
import dev.penstock.dataflow.format.Utf8;
import dev.penstock.dataflow.format.ValueException;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumnBuilder;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.LongColumnBuilder;

/**
 * Appends the values of a column, converted, to a builder of another type.
 *
 * <p>Most conversions go through text, the form that csv and JSON have too: what one type writes the other reads, or
 * refuses. Those between points in time are arithmetic.
 */
interface Conversion {
    /**
     * Appends the value of {@code row}, which is not null.
     *
     * @throws ValueException if it does not fit
     */
    void append(int row);

    /** Whether values of {@code from} can become {@code to} at all. */
    static boolean isPossible(DataType from, DataType to) {
        if (from.equals(to) || isText(from) || isText(to)) {
            return to != DataType.JSON || from == DataType.STRING || from == DataType.JSON || isNested(from);
        }
        if (isNested(from) || isNested(to)) {
            return false;
        }
        return (isNumber(from) && isNumber(to))
                || (from instanceof DataType.Timestamp && isTime(to))
                || (to instanceof DataType.Timestamp && isTime(from));
    }

    private static boolean isText(DataType type) {
        return type == DataType.STRING || type == DataType.JSON;
    }

    private static boolean isNested(DataType type) {
        return type instanceof DataType.ListOf
                || type instanceof DataType.FixedList
                || type instanceof DataType.Struct
                || type instanceof DataType.MapOf;
    }

    private static boolean isNumber(DataType type) {
        return type instanceof DataType.Decimal
                || type == DataType.INT8
                || type == DataType.INT16
                || type == DataType.INT32
                || type == DataType.INT64
                || type == DataType.FLOAT32
                || type == DataType.FLOAT64;
    }

    /** What a timestamp can become: another, its day, or milliseconds since 1970. */
    private static boolean isTime(DataType type) {
        return type instanceof DataType.Timestamp || type == DataType.DATE || type == DataType.INT64;
    }

    /** The conversion of {@code column} to {@code to}, which {@code into} builds. */
    static Conversion of(Column column, DataType to, ColumnBuilder into) {
        DataType from = column.type();
        if (from instanceof DataType.Timestamp timestamp && column instanceof LongColumn longs && !isText(to)) {
            return ofTimestamp(timestamp, longs, to, into);
        }
        if (to instanceof DataType.Timestamp target && !isText(from)) {
            return toTimestamp(column, target, (LongColumnBuilder) into);
        }
        if (column instanceof BytesColumn bytes && (from == DataType.BYTES || to == DataType.BYTES)) {
            return row -> copy(bytes, row, (BytesColumnBuilder) into);
        }
        if (column instanceof IntColumn ints && into instanceof LongColumnBuilder longs && to == DataType.INT64) {
            return row -> longs.append(ints.get(row));
        }
        if (column instanceof FloatColumn floats && into instanceof DoubleColumnBuilder doubles) {
            return row -> doubles.append(floats.get(row));
        }
        return byText(column, to, into);
    }

    private static Conversion byText(Column column, DataType to, ColumnBuilder into) {
        TextWriter writer = TextWriter.of(column);
        TextReader reader = TextReader.of(to, into);
        ByteOutput text = new ByteOutput(64);
        return row -> {
            text.truncate(0);
            writer.write(row, text);
            reader.append(text.data(), 0, text.size());
        };
    }

    /** Between text and bytes: the UTF-8 itself. */
    private static void copy(BytesColumn column, int row, BytesColumnBuilder into) {
        int from = column.start(row);
        if (column.type() == DataType.BYTES && !Utf8.isValid(column.data(), from, column.start(row + 1))) {
            throw new ValueException("expected text, found bytes that are not UTF-8");
        }
        into.append(column.data(), from, column.length(row));
    }

    private static Conversion ofTimestamp(DataType.Timestamp from, LongColumn column, DataType to, ColumnBuilder into) {
        long perMilli = perMilli(from);
        if (to == DataType.DATE) {
            long perDay = perMilli * 86_400_000;
            return row -> ((IntColumnBuilder) into).append(Math.toIntExact(Math.floorDiv(column.get(row), perDay)));
        }
        LongColumnBuilder longs = (LongColumnBuilder) into;
        if (to == DataType.INT64) {
            return row -> longs.append(Math.floorDiv(column.get(row), perMilli));
        }
        long perMilliTo = perMilli((DataType.Timestamp) to);
        return row -> longs.append(scaled(column.get(row), perMilli, perMilliTo));
    }

    private static Conversion toTimestamp(Column column, DataType.Timestamp to, LongColumnBuilder into) {
        long perMilli = perMilli(to);
        if (column instanceof IntColumn days) {
            return row -> into.append(scaled(days.get(row) * 86_400_000L, 1, perMilli));
        }
        LongColumn millis = (LongColumn) column;
        return row -> into.append(scaled(millis.get(row), 1, perMilli));
    }

    private static long perMilli(DataType.Timestamp type) {
        return type.precision() == DataType.Precision.NANOS ? 1_000_000 : 1_000;
    }

    /** From one unit to another; to a coarser one it is cut off towards the past. */
    private static long scaled(long value, long perMilliFrom, long perMilliTo) {
        if (perMilliFrom >= perMilliTo) {
            return Math.floorDiv(value, perMilliFrom / perMilliTo);
        }
        try {
            return Math.multiplyExact(value, perMilliTo / perMilliFrom);
        } catch (ArithmeticException e) {
            throw new ValueException("expected a timestamp, found one out of range");
        }
    }
}
