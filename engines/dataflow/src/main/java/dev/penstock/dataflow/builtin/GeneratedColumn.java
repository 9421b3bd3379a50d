package dev.penstock.dataflow.builtin;

import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.Validity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of column, and how its values follow from the numbers of the rows. */
enum GeneratedColumn {
    SEQUENCE(DataType.INT64, 8) {
        @Override
        Column make(Numbers rows) {
            return new LongColumn(DataType.INT64, rows.rising(1, 0), Validity.ALL);
        }
    },
    INT64(DataType.INT64, 8) {
        @Override
        Column make(Numbers rows) {
            return new LongColumn(DataType.INT64, rows.random(), Validity.ALL);
        }
    },
    FLOAT64(DataType.FLOAT64, 8) {
        @Override
        Column make(Numbers rows) {
            return new DoubleColumn(DataType.FLOAT64, rows.fractions(), Validity.ALL);
        }
    },
    BOOLEAN(DataType.BOOLEAN, 1) {
        @Override
        Column make(Numbers rows) {
            long[] random = rows.random();
            boolean[] values = new boolean[random.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = random[i] < 0;
            }
            return new BooleanColumn(DataType.BOOLEAN, values, Validity.ALL);
        }
    },
    STRING(DataType.STRING, 12) {
        @Override
        Column make(Numbers rows) {
            long[] random = rows.random();
            int[] offsets = new int[random.length + 1];
            byte[] data = new byte[random.length * NAME_LENGTH];
            for (int i = 0; i < random.length; i++) {
                byte[] name = NAMES[(int) random[i] & (NAMES.length - 1)];
                System.arraycopy(name, 0, data, i * NAME_LENGTH, NAME_LENGTH);
                offsets[i + 1] = (i + 1) * NAME_LENGTH;
            }
            return new BytesColumn(DataType.STRING, offsets, data, Validity.ALL);
        }
    },
    TIMESTAMP(DataType.TIMESTAMP, 8) {
        @Override
        Column make(Numbers rows) {
            long[] values = rows.rising(MICROS_PER_ROW, START_MICROS);
            return new LongColumn(DataType.TIMESTAMP, values, Validity.ALL);
        }
    };

    /** The odd number nearest to 2 to the 64th divided by the golden ratio: consecutive multiples lie far apart. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final long MIX = 0xD6E8FEB86659FD93L;
    private static final int NAME_LENGTH = 8;
    /** A power of two, so that a mask picks one. */
    private static final byte[][] NAMES = new byte[4096][];
    /** 2026-01-01T00:00:00Z. */
    private static final long START_MICROS = 1_767_225_600_000_000L;

    private static final long MICROS_PER_ROW = 1_000;

    static {
        for (int i = 0; i < NAMES.length; i++) {
            NAMES[i] = String.format(Locale.ROOT, "name%04d", i).getBytes(StandardCharsets.US_ASCII);
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // data types are immutable, but the SPI has no annotation to say so
    private final DataType type;

    private final long bytesPerRow;

    GeneratedColumn(DataType type, long bytesPerRow) {
        this.type = type;
        this.bytesPerRow = bytesPerRow;
    }

    DataType type() {
        return type;
    }

    long bytesPerRow() {
        return bytesPerRow;
    }

    /** The values of {@code rows}. */
    abstract Column make(Numbers rows);

    static Optional<GeneratedColumn> find(String name) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(name)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(GeneratedColumn::text).toList();
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The numbers of some rows: {@code first}, {@code first + step} and so on.
     *
     * @param salt differs from column to column and from seed to seed
     */
    record Numbers(long first, int step, int count, long salt) {
        /** The number of each row, times {@code factor} plus {@code start}. */
        long[] rising(long factor, long start) {
            long[] values = new long[count];
            long value = first * factor + start;
            long next = step * factor;
            for (int i = 0; i < count; i++) {
                values[i] = value + i * next;
            }
            return values;
        }

        /** A number a row that looks random and follows from the number of the row alone. */
        long[] random() {
            long[] values = new long[count];
            long state = first * GOLDEN + salt;
            long next = step * GOLDEN;
            for (int i = 0; i < count; i++) {
                values[i] = mixed(state);
                state += next;
            }
            return values;
        }

        /** The same numbers, from 0 to 1: made in one go, as they are the usual column. */
        double[] fractions() {
            double[] values = new double[count];
            long state = first * GOLDEN + salt;
            long next = step * GOLDEN;
            for (int i = 0; i < count; i++) {
                values[i] = (mixed(state) >>> 11) * 0x1p-53;
                state += next;
            }
            return values;
        }

        private static long mixed(long state) {
            long mixed = (state ^ (state >>> 32)) * MIX;
            return mixed ^ (mixed >>> 29);
        }
    }
}
