package dev.penstock.dataflow.format;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.LongColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;

/** The writers of the types. */
final class TextWriters {
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final double GREATEST_EXACT = 1L << 53;

    private TextWriters() {}

    static TextWriter of(Column column) {
        DataType type = column.type();
        if (column instanceof BooleanColumn booleans) {
            return (row, out) -> out.put(booleans.get(row) ? TRUE : FALSE);
        }
        if (column instanceof IntColumn ints) {
            return type == DataType.DATE
                    ? (row, out) -> TimeWriter.date(ints.get(row), out)
                    : (row, out) -> out.putLong(ints.get(row));
        }
        if (column instanceof LongColumn longs) {
            return ofLong(type, longs);
        }
        if (column instanceof DoubleColumn doubles) {
            return (row, out) -> putDouble(doubles.get(row), out);
        }
        if (column instanceof FloatColumn floats) {
            return (row, out) -> putFloat(floats.get(row), out);
        }
        return column instanceof BytesColumn bytes ? ofBytes(type, bytes) : nested(column);
    }

    private static TextWriter ofLong(DataType type, LongColumn longs) {
        if (type instanceof DataType.Timestamp timestamp) {
            return (row, out) -> TimeWriter.timestamp(timestamp, longs.get(row), out);
        }
        if (type instanceof DataType.Decimal decimal) {
            return (row, out) -> putDecimal(longs.get(row), decimal.scale(), out);
        }
        return type == DataType.TIME
                ? (row, out) -> TimeWriter.time(longs.get(row), out)
                : (row, out) -> out.putLong(longs.get(row));
    }

    private static TextWriter ofBytes(DataType type, BytesColumn bytes) {
        if (type instanceof DataType.Decimal decimal) {
            return (row, out) -> {
                BigInteger unscaled = new BigInteger(bytes.data(), bytes.start(row), bytes.length(row));
                out.put(new BigDecimal(unscaled, decimal.scale()).toPlainString());
            };
        }
        if (type == DataType.UUID) {
            return (row, out) -> putUuid(bytes.data(), bytes.start(row), out);
        }
        return type == DataType.BYTES
                ? (row, out) -> out.put(Base64.getEncoder().encode(bytes.bytes(row)))
                : (row, out) -> out.put(bytes.data(), bytes.start(row), bytes.length(row));
    }

    private static TextWriter nested(Column column) {
        JsonWriter json = JsonWriter.of(column);
        return json::write;
    }

    /** The shortest digits that read back as {@code value}; NaN and the infinities by name. */
    static void putDouble(double value, ByteOutput out) {
        if (Math.abs(value) < 1e12 && putShort(value, out)) {
            return;
        }
        out.put(NumberOutput.toString(value, true));
    }

    /**
     * Writes a value of up to three decimals. The digits divided by a thousand give the value back with one rounding,
     * as reading does, so they are right.
     */
    private static boolean putShort(double value, ByteOutput out) {
        double thousands = value * 1000;
        long digits = (long) thousands;
        if (digits != thousands || digits / 1000.0 != value || Math.abs(thousands) > GREATEST_EXACT || digits == 0) {
            return false;
        }
        if (digits < 0) {
            out.put('-');
        }
        long positive = Math.abs(digits);
        out.putLong(positive / 1000);
        int fraction = (int) (positive % 1000);
        out.put('.');
        if (fraction % 100 == 0) {
            out.putPadded(fraction / 100, 1);
        } else if (fraction % 10 == 0) {
            out.putPadded(fraction / 10, 2);
        } else {
            out.putPadded(fraction, 3);
        }
        return true;
    }

    private static void putFloat(float value, ByteOutput out) {
        out.put(NumberOutput.toString(value, true));
    }

    static void putDecimal(long unscaled, int scale, ByteOutput out) {
        if (scale == 0) {
            out.putLong(unscaled);
            return;
        }
        if (unscaled < 0) {
            out.put('-');
        }
        long positive = Math.abs(unscaled);
        long unit = NumberScanner.power(scale);
        out.putLong(positive / unit);
        out.put('.');
        out.putPadded(positive % unit, scale);
    }

    private static void putUuid(byte[] data, int from, ByteOutput out) {
        for (int i = 0; i < 16; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                out.put('-');
            }
            out.put(HEX[data[from + i] >> 4 & 0xF]);
            out.put(HEX[data[from + i] & 0xF]);
        }
    }
}
