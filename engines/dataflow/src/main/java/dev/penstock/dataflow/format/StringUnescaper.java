package dev.penstock.dataflow.format;

import static dev.penstock.dataflow.format.Utf8.HIGH_BITS;

import java.util.Arrays;

/** Puts a JSON string with escapes together as UTF-8; keeps its buffer from string to string. */
final class StringUnescaper {
    private static final long ONES = 0x0101010101010101L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private byte[] bytes = new byte[64];
    private int size;

    /** Begins a string with bytes {@code from} to {@code to - 1} of {@code text}. */
    void begin(byte[] text, int from, int to) {
        size = 0;
        add(text, from, to);
    }

    /** Adds characters that stand for themselves. */
    void add(byte[] text, int from, int to) {
        ensure(to - from);
        System.arraycopy(text, from, bytes, size, to - from);
        size += to - from;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Adds what the escape at {@code at} stands for; gives where it ends, or -1 if it stands for nothing. */
    int escape(byte[] text, int at, int limit) {
        if (at + 1 >= limit) {
            return -1;
        }
        int plain = switch (text[at + 1]) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> -1;
        };
        if (plain >= 0) {
            ensure(1);
            bytes[size++] = (byte) plain;
            return at + 2;
        }
        return text[at + 1] == 'u' ? unicode(text, at, limit) : -1;
    }

    private int unicode(byte[] text, int at, int limit) {
        int unit = hex(text, at + 2, limit);
        if (unit < 0 || Character.isLowSurrogate((char) unit)) {
            return -1;
        }
        if (!Character.isHighSurrogate((char) unit)) {
            encode(unit);
            return at + 6;
        }
        boolean paired = at + 7 < limit && text[at + 6] == '\\' && text[at + 7] == 'u';
        int low = paired ? hex(text, at + 8, limit) : -1;
        if (low < 0 || !Character.isLowSurrogate((char) low)) {
            return -1;
        }
        encode(Character.toCodePoint((char) unit, (char) low));
        return at + 12;
    }

    private static int hex(byte[] text, int from, int limit) {
        if (from + 4 > limit) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = text[i] < 0 ? -1 : Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    private void encode(int codePoint) {
        ensure(4);
        if (codePoint < 0x80) {
            bytes[size++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            bytes[size++] = (byte) (0xC0 | (codePoint >> 6));
            bytes[size++] = (byte) (0x80 | (codePoint & 0x3F));
        } else if (codePoint < 0x10000) {
            bytes[size++] = (byte) (0xE0 | (codePoint >> 12));
            bytes[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
            bytes[size++] = (byte) (0x80 | (codePoint & 0x3F));
        } else {
            bytes[size++] = (byte) (0xF0 | (codePoint >> 18));
            bytes[size++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            bytes[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
            bytes[size++] = (byte) (0x80 | (codePoint & 0x3F));
        }
    }

    private void ensure(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + count, bytes.length * 2));
        }
    }

    /** The high bit of the first byte that is special is set, and maybe of later ones. */
    static long special(long word) {
        long quote = word ^ QUOTES;
        long backslash = word ^ BACKSLASHES;
        return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | (word - SPACES) | word) & HIGH_BITS;
    }
}
