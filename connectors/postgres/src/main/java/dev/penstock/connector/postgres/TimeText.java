package dev.penstock.connector.postgres;

/** Dates and times in the text form of the server, style ISO: {@code 2026-01-31 23:59:58.123456+00 BC}. */
final class TimeText {
    static final long MICROS_PER_SECOND = 1_000_000;
    static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final int YEARS_PER_ERA = 400;
    private static final int DAYS_PER_ERA = 146_097;
    /** From 0000-03-01 to 1970-01-01. */
    private static final int DAYS_TO_EPOCH = 719_468;

    private final byte[] bytes;
    private final int end;
    private int at;

    TimeText(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
    }

    /** 1 for infinity, -1 for -infinity, else 0. */
    int infinity() {
        return bytes[at] == 'i' ? 1 : bytes[at] == '-' ? -1 : 0;
    }

    /** Days since 1970-01-01; looks for the {@code BC} at the end too. */
    long days() {
        boolean isBeforeChrist = bytes[end - 1] == 'C';
        int start = at;
        while (at < end && bytes[at] != '-') {
            at++;
        }
        require(at - start >= 4 && end - at >= 6);
        long year = TextNumber.whole(bytes, start, at - start);
        int month = TextNumber.digits(bytes, at + 1, 2);
        int day = TextNumber.digits(bytes, at + 4, 2);
        at += 6;
        return epochDay(isBeforeChrist ? 1 - year : year, month, day);
    }

    /** Skips what stands between the date and the time. */
    void separator() {
        at++;
    }

    /** Microseconds of the day. */
    long micros() {
        require(end - at >= 8);
        long seconds = TextNumber.digits(bytes, at, 2) * 3600L
                + TextNumber.digits(bytes, at + 3, 2) * 60L
                + TextNumber.digits(bytes, at + 6, 2);
        at += 8;
        return seconds * MICROS_PER_SECOND + fraction();
    }

    private long fraction() {
        if (at == end || bytes[at] != '.') {
            return 0;
        }
        long micros = 0;
        long unit = MICROS_PER_SECOND;
        for (at++; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            micros = micros * 10 + (bytes[at] - '0');
            unit /= 10;
        }
        return micros * unit;
    }

    /** Seconds to the east, as in {@code +05:30}. */
    int offsetSeconds() {
        require(at < end && (bytes[at] == '+' || bytes[at] == '-'));
        int sign = bytes[at] == '-' ? -1 : 1;
        int seconds = 0;
        int unit = 3600;
        do {
            seconds += TextNumber.digits(bytes, at + 1, 2) * unit;
            unit /= 60;
            at += 3;
        } while (at < end && bytes[at] == ':');
        return sign * seconds;
    }

    private void require(boolean fits) {
        if (!fits) {
            throw new ValueException("'" + TextNumber.ascii(bytes, at, Math.max(0, end - at)) + "' is no time");
        }
    }

    /** Days from 1970-01-01 to a date of the Gregorian calendar, in which the year 0 is 1 BC. */
    static long epochDay(long year, int month, int day) {
        long shifted = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(shifted, (long) YEARS_PER_ERA);
        long yearOfEra = shifted - era * YEARS_PER_ERA;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
    }
}
