package dev.penstock.connector.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Numbers in the text form of the server, read from their bytes. */
final class TextNumber {
    private TextNumber() {}

    /** A whole number, with a sign or without. */
    static long whole(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        boolean negative = length > 0 && bytes[from] == '-';
        if (negative) {
            at++;
        }
        if (at == end) {
            throw malformed(bytes, from, length);
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed(bytes, from, length);
            }
            // Downwards, since the least long has no counterpart.
            value = value * 10 - digit;
        }
        return negative ? value : -value;
    }

    /** {@code count} digits at {@code at}. */
    static int digits(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    /** A floating point number; the server writes Java's names for infinities and NaN. */
    static double floating(byte[] bytes, int from, int length) {
        return Double.parseDouble(ascii(bytes, from, length));
    }

    static String ascii(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, ISO_8859_1);
    }

    static ValueException malformed(byte[] bytes, int from, int length) {
        return new ValueException("'" + ascii(bytes, from, Math.min(length, 100)) + "' is not in the form expected");
    }
}
