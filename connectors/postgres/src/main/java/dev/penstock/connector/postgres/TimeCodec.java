package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.LongColumnBuilder;

/**
 * Dates and times. The server counts from 2000, batches from 1970; {@code infinity} and {@code -infinity} are the
 * greatest and the least number that the column can hold.
 */
enum TimeCodec implements ValueCodec {
    DATE {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            IntColumnBuilder values = (IntColumnBuilder) into;
            return (bytes, from, length) -> {
                int days = CopyBuffer.intAt(bytes, from);
                values.append(isInfinite(days) ? days : days + EPOCH_DAYS);
            };
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            IntColumnBuilder values = (IntColumnBuilder) into;
            return (bytes, from, length) -> {
                TimeText text = new TimeText(bytes, from, length);
                int infinity = text.infinity();
                values.append(infinity == 0 ? (int) text.days() : infinity > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE);
            };
        }

        @Override
        public ValueWriter writer(Column from) {
            int[] values = ((IntColumn) from).values();
            return (row, out) -> {
                out.putInt(Integer.BYTES);
                out.putInt(isInfinite(values[row]) ? values[row] : Math.subtractExact(values[row], EPOCH_DAYS));
            };
        }
    },
    TIME {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            LongColumnBuilder values = (LongColumnBuilder) into;
            return (bytes, from, length) -> values.append(ofDay(CopyBuffer.longAt(bytes, from)));
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            LongColumnBuilder values = (LongColumnBuilder) into;
            return (bytes, from, length) -> values.append(ofDay(new TimeText(bytes, from, length).micros()));
        }

        @Override
        public ValueWriter writer(Column from) {
            return NumberCodec.INT8.writer(from);
        }
    },
    TIMESTAMP {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            LongColumnBuilder values = (LongColumnBuilder) into;
            return (bytes, from, length) -> values.append(fromServer(CopyBuffer.longAt(bytes, from)));
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            LongColumnBuilder values = (LongColumnBuilder) into;
            return (bytes, from, length) -> values.append(timestamp(new TimeText(bytes, from, length), false));
        }

        @Override
        public ValueWriter writer(Column from) {
            return timestamps(from);
        }
    },
    TIMESTAMP_WITH_ZONE {
        @Override
        public ValueReader binaryReader(ColumnBuilder into) {
            return TIMESTAMP.binaryReader(into);
        }

        @Override
        public ValueReader textReader(ColumnBuilder into) {
            LongColumnBuilder values = (LongColumnBuilder) into;
            return (bytes, from, length) -> values.append(timestamp(new TimeText(bytes, from, length), true));
        }

        @Override
        public ValueWriter writer(Column from) {
            return timestamps(from);
        }
    };

    /** From 1970-01-01 to 2000-01-01. */
    private static final int EPOCH_DAYS = 10_957;

    private static final long EPOCH_MICROS = EPOCH_DAYS * TimeText.MICROS_PER_DAY;

    private static boolean isInfinite(int days) {
        return days == Integer.MAX_VALUE || days == Integer.MIN_VALUE;
    }

    private static boolean isInfinite(long micros) {
        return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
    }

    private static long ofDay(long micros) {
        if (micros >= TimeText.MICROS_PER_DAY) {
            throw new ValueException("24:00:00 is past the end of the day");
        }
        return micros;
    }

    private static long fromServer(long micros) {
        if (isInfinite(micros)) {
            return micros;
        }
        if (micros >= Long.MAX_VALUE - EPOCH_MICROS) {
            throw tooLate();
        }
        return micros + EPOCH_MICROS;
    }

    private static long timestamp(TimeText text, boolean zoned) {
        int infinity = text.infinity();
        if (infinity != 0) {
            return infinity > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        long days = text.days();
        text.separator();
        long micros = text.micros();
        long offset = zoned ? text.offsetSeconds() * TimeText.MICROS_PER_SECOND : 0;
        long sum = days * TimeText.MICROS_PER_DAY + micros - offset;
        // What the server can say is past the range of the column by less than that range.
        if (days > 0 && (sum < 0 || sum == Long.MAX_VALUE)) {
            throw tooLate();
        }
        return sum;
    }

    private static ValueException tooLate() {
        return new ValueException("the time is after 294247-01-10, the last that microseconds since 1970 can tell");
    }

    private static ValueWriter timestamps(Column from) {
        long[] values = ((LongColumn) from).values();
        return (row, out) -> {
            long micros = values[row];
            out.putInt(Long.BYTES);
            out.putLong(isInfinite(micros) ? micros : micros - EPOCH_MICROS);
        };
    }
}
