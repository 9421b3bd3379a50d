package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.penstock.spi.data.DataType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Dates and times in ISO-8601 text.
 *
 * <p>What people write nearly always, four digits of year and no more than nine of fraction, is read from its bytes;
 * the rest goes through java.time. Digits finer than the type's unit are cut off.
 */
final class TimeText {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_LENGTH = 19;
    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

    private TimeText() {}

    static int date(byte[] text, int from, int to) {
        if (to - from == DATE_LENGTH) {
            int day = fastDate(text, from);
            if (day != Integer.MIN_VALUE) {
                return day;
            }
        }
        try {
            return Math.toIntExact(LocalDate.parse(string(text, from, to)).toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            throw new ValueException("expected a date such as 2026-01-31, found other text");
        }
    }

    static long time(byte[] text, int from, int to) {
        try {
            return LocalTime.parse(string(text, from, to)).toNanoOfDay() / 1_000;
        } catch (DateTimeException e) {
            throw new ValueException("expected a time such as 23:59:59, found other text");
        }
    }

    /** Milliseconds since 1970 in the units of {@code type}. */
    static long ofMillis(DataType.Timestamp type, long millis) {
        long perSecond = perSecond(type);
        return scaled(Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000) * 1_000_000, perSecond);
    }

    /** {@code count} units, {@code perSecond} of which are a second, in units of which {@code wanted} are one. */
    static long inUnits(long count, long perSecond, long wanted) {
        if (perSecond >= wanted) {
            return Math.floorDiv(count, perSecond / wanted);
        }
        try {
            return Math.multiplyExact(count, wanted / perSecond);
        } catch (ArithmeticException e) {
            throw new ValueException("expected a timestamp, found one out of range");
        }
    }

    /** {@code micros}, if a day has so many. */
    static long ofDay(long micros) {
        if (micros < 0 || micros >= SECONDS_PER_DAY * MICROS_PER_SECOND) {
            throw new ValueException("expected a time of day, found one out of range");
        }
        return micros;
    }

    static long perSecond(DataType.Timestamp type) {
        return type.precision() == DataType.Precision.NANOS ? NANOS_PER_SECOND : MICROS_PER_SECOND;
    }

    static long timestamp(DataType.Timestamp type, byte[] text, int from, int to) {
        long perSecond = perSecond(type);
        long second = fastSecond(text, from, to);
        if (second != Long.MIN_VALUE) {
            int end = fractionEnd(text, from + SECONDS_LENGTH, to);
            boolean utc = end == to - 1 && (text[end] | 0x20) == 'z';
            if ((type.zoned() ? utc : end == to) && end != from + SECONDS_LENGTH + 1) {
                return scaled(second, nanos(text, from + SECONDS_LENGTH, end), perSecond);
            }
        }
        return slowTimestamp(type, perSecond, string(text, from, to));
    }

    private static long slowTimestamp(DataType.Timestamp type, long perSecond, String text) {
        String iso = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
                ? text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1)
                : text;
        try {
            Instant instant = type.zoned()
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            return scaled(instant.getEpochSecond(), instant.getNano(), perSecond);
        } catch (DateTimeException e) {
            throw new ValueException("expected " + type.text() + " such as 2026-01-31T23:59:59"
                    + (type.zoned() ? "Z" : "") + ", found other text");
        }
    }

    /** The count of units since 1970, from seconds and nanoseconds. */
    static long scaled(long second, int nanos, long perSecond) {
        try {
            return Math.addExact(Math.multiplyExact(second, perSecond), nanos / (NANOS_PER_SECOND / perSecond));
        } catch (ArithmeticException e) {
            // Just below the least second a positive fraction may bring it back into range.
            return slowScaled(second, nanos, perSecond);
        }
    }

    private static long slowScaled(long second, int nanos, long perSecond) {
        try {
            long after = Math.multiplyExact(second + 1, perSecond);
            return Math.subtractExact(after, perSecond - nanos / (NANOS_PER_SECOND / perSecond));
        } catch (ArithmeticException e) {
            throw new ValueException("expected a timestamp, found one out of range");
        }
    }

    /** The second that {@code 2026-01-31T23:59:59} names, or the least long if the text does not begin like that. */
    private static long fastSecond(byte[] text, int from, int to) {
        if (to - from < SECONDS_LENGTH || text[from + 13] != ':' || text[from + 16] != ':') {
            return Long.MIN_VALUE;
        }
        int separator = text[from + DATE_LENGTH] | 0x20;
        int day = separator == 't' || separator == ' ' ? fastDate(text, from) : Integer.MIN_VALUE;
        int hour = twoDigits(text, from + 11);
        int minute = twoDigits(text, from + 14);
        int second = twoDigits(text, from + 17);
        if (day == Integer.MIN_VALUE || (hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return Long.MIN_VALUE;
        }
        return (long) day * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second;
    }

    private static int fastDate(byte[] text, int from) {
        int century = twoDigits(text, from);
        int yearOfCentury = twoDigits(text, from + 2);
        int month = twoDigits(text, from + 5);
        int day = twoDigits(text, from + 8);
        if ((century | yearOfCentury | month | day) < 0 || text[from + 4] != '-' || text[from + 7] != '-') {
            return Integer.MIN_VALUE;
        }
        int year = century * 100 + yearOfCentury;
        boolean leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
        if (month < 1 || month > 12 || day < 1 || day > daysIn(month, leap)) {
            return Integer.MIN_VALUE;
        }
        int before = year + 399;
        int leapDays = before / 4 - before / 100 + before / 400 - 96;
        int dayOfYear = DAYS_BEFORE_MONTH[month - 1] + (leap && month > 2 ? 1 : 0) + day - 1;
        // 719528 days lie between the first of January of the years 0 and 1970; year 0 itself is a leap year.
        return year * 365 + leapDays - 719_528 + dayOfYear;
    }

    private static int daysIn(int month, boolean leap) {
        return DAYS_BEFORE_MONTH[month] - DAYS_BEFORE_MONTH[month - 1] + (leap && month == 2 ? 1 : 0);
    }

    private static int twoDigits(byte[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private static int fractionEnd(byte[] text, int from, int to) {
        int end = from;
        if (end < to && text[end] == '.') {
            end++;
            while (end < to && text[end] >= '0' && text[end] <= '9') {
                end++;
            }
        }
        return end;
    }

    private static int nanos(byte[] text, int from, int to) {
        int nanos = 0;
        int unit = (int) NANOS_PER_SECOND;
        for (int i = from + 1; i < to && unit > 1; i++) {
            unit /= 10;
            nanos += (text[i] - '0') * unit;
        }
        return nanos;
    }

    private static String string(byte[] text, int from, int to) {
        return new String(text, from, to - from, ISO_8859_1);
    }
}
