package dev.penstock.dataflow.format;

import dev.penstock.spi.data.DataType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Writes dates and times in ISO-8601, with as many digits of fraction as there are, in threes. */
final class TimeWriter {
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int FIRST_FAST_DAY = (int) LocalDate.of(0, 1, 1).toEpochDay();
    private static final int LAST_FAST_DAY = (int) LocalDate.of(9999, 12, 31).toEpochDay();

    private TimeWriter() {}

    static void date(int day, ByteOutput out) {
        if (day < FIRST_FAST_DAY || day > LAST_FAST_DAY) {
            out.put(LocalDate.ofEpochDay(day).toString());
            return;
        }
        // Days are counted from the first of March of year 0, so that the leap day ends a year.
        int shifted = day + 719_468;
        int era = Math.floorDiv(shifted, 146_097);
        int dayOfEra = shifted - era * 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        out.putPadded(yearOfEra + era * 400L + (month <= 2 ? 1 : 0), 4);
        out.put('-');
        out.putPadded(month, 2);
        out.put('-');
        out.putPadded(dayOfYear - (153 * marchMonth + 2) / 5 + 1L, 2);
    }

    static void time(long micros, ByteOutput out) {
        clock((int) (micros / 1_000_000), out);
        fraction((int) (micros % 1_000_000) * 1_000, out);
    }

    static void timestamp(DataType.Timestamp type, long value, ByteOutput out) {
        long perSecond = TimeText.perSecond(type);
        long second = Math.floorDiv(value, perSecond);
        int nanos = (int) (Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond));
        long day = Math.floorDiv(second, SECONDS_PER_DAY);
        if (day < FIRST_FAST_DAY || day > LAST_FAST_DAY) {
            Instant instant = Instant.ofEpochSecond(second, nanos);
            out.put(
                    type.zoned()
                            ? instant.toString()
                            : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString());
            return;
        }
        date((int) day, out);
        out.put('T');
        clock((int) Math.floorMod(second, (long) SECONDS_PER_DAY), out);
        fraction(nanos, out);
        if (type.zoned()) {
            out.put('Z');
        }
    }

    private static void clock(int second, ByteOutput out) {
        out.putPadded(second / 3600, 2);
        out.put(':');
        out.putPadded(second / 60 % 60, 2);
        out.put(':');
        out.putPadded(second % 60, 2);
    }

    private static void fraction(int nanos, ByteOutput out) {
        if (nanos == 0) {
            return;
        }
        out.put('.');
        if (nanos % 1_000_000 == 0) {
            out.putPadded(nanos / 1_000_000, 3);
        } else if (nanos % 1_000 == 0) {
            out.putPadded(nanos / 1_000, 6);
        } else {
            out.putPadded(nanos, 9);
        }
    }
}
