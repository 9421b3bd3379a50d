package dev.penstock.dataflow.format;

import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumnBuilder;
import dev.penstock.spi.data.FloatColumnBuilder;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.LongColumnBuilder;

/** Reads numbers of one type, from text or as found by a {@link NumberScanner}. */
final class NumberReader implements TextReader {
    private final DataType type;
    private final Target target;
    private final NumberScanner scanner = new NumberScanner();

    private NumberReader(DataType type, Target target) {
        this.type = type;
        this.target = target;
    }

    static NumberReader of(DataType type, ColumnBuilder into) {
        if (type instanceof DataType.Decimal decimal) {
            return new NumberReader(type, decimal(decimal, into));
        }
        return new NumberReader(
                type,
                switch ((DataType.Scalar) type) {
                    case INT8 -> ints((IntColumnBuilder) into, Byte.MIN_VALUE, Byte.MAX_VALUE);
                    case INT16 -> ints((IntColumnBuilder) into, Short.MIN_VALUE, Short.MAX_VALUE);
                    case INT32 -> ints((IntColumnBuilder) into, Integer.MIN_VALUE, Integer.MAX_VALUE);
                    case INT64 -> longs((LongColumnBuilder) into);
                    case FLOAT32 -> floats((FloatColumnBuilder) into);
                    case FLOAT64 -> doubles((DoubleColumnBuilder) into);
                    case BOOLEAN, STRING, BYTES, DATE, TIME, UUID, JSON ->
                        throw new IllegalArgumentException("Cannot read " + type.text() + " as a number");
                });
    }

    private static Target decimal(DataType.Decimal type, ColumnBuilder into) {
        if (into instanceof LongColumnBuilder longs) {
            return number -> longs.append(number.unscaled(type.precision(), type.scale()));
        }
        BytesColumnBuilder bytes = (BytesColumnBuilder) into;
        return number -> {
            byte[] unscaled = number.bigUnscaled(type.precision(), type.scale()).toByteArray();
            bytes.append(unscaled, 0, unscaled.length);
        };
    }

    private static Target ints(IntColumnBuilder into, int least, int most) {
        return number -> into.append((int) number.wholeNumber(least, most));
    }

    private static Target longs(LongColumnBuilder into) {
        return number -> into.append(number.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static Target floats(FloatColumnBuilder into) {
        return new Target() {
            @Override
            public void append(NumberScanner number) {
                into.append(number.floatValue());
            }

            @Override
            public void appendSpecial(double value) {
                into.append((float) value);
            }
        };
    }

    private static Target doubles(DoubleColumnBuilder into) {
        return new Target() {
            @Override
            public void append(NumberScanner number) {
                into.append(number.doubleValue());
            }

            @Override
            public void appendSpecial(double value) {
                into.append(value);
            }
        };
    }

    /** Reads the JSON number at {@code from}; gives where it ends. */
    int appendJson(byte[] text, int from, int limit) {
        int end = scanner.scan(text, from, limit);
        append();
        return end;
    }

    @Override
    public void append(byte[] text, int from, int to) {
        if (appendSpecial(text, from, to)) {
            return;
        }
        try {
            scanner.scanAll(text, from, to);
        } catch (ValueException e) {
            throw expected(e);
        }
        append();
    }

    /** Appends what text says and no JSON number can: NaN and the infinities; false if it is none of them. */
    boolean appendSpecial(byte[] text, int from, int to) {
        if (to - from < 3 || (text[to - 1] != 'N' && text[to - 1] != 'y')) {
            return false;
        }
        double value = TextReaders.equals("Infinity", text, from, to)
                ? Double.POSITIVE_INFINITY
                : TextReaders.equals("-Infinity", text, from, to) ? Double.NEGATIVE_INFINITY : Double.NaN;
        if (Double.isNaN(value) && !TextReaders.equals("NaN", text, from, to)) {
            return false;
        }
        target.appendSpecial(value);
        return true;
    }

    private void append() {
        try {
            target.append(scanner);
        } catch (ValueException e) {
            throw expected(e);
        }
    }

    private ValueException expected(ValueException found) {
        return new ValueException("expected " + type.text() + ", found " + found.reason());
    }

    /** Where numbers go. */
    private interface Target {
        void append(NumberScanner number);

        default void appendSpecial(double value) {
            throw new ValueException("expected a number, found " + value);
        }
    }
}
