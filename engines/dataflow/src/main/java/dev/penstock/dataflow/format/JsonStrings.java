package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes strings and ready-made JSON into JSON text. */
final class JsonStrings {
    static final byte[] NULL = "null".getBytes(US_ASCII);

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    /** For each ASCII character: 0 if it stands for itself, the letter of its escape, or 'u'. */
    private static final byte[] ESCAPES = new byte[128];

    private static final int LONGEST_ESCAPE = 6;
    private static final long ONES = 0x0101010101010101L;

    static {
        for (int i = 0; i < ' '; i++) {
            ESCAPES[i] = 'u';
        }
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
        ESCAPES['\b'] = 'b';
        ESCAPES['\f'] = 'f';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
    }

    private JsonStrings() {}

    /** {@code text} as a JSON string. */
    static String quoted(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteOutput out = new ByteOutput(bytes.length + 2);
        put(bytes, 0, bytes.length, out);
        return new String(out.data(), 0, out.size(), UTF_8);
    }

    /**
     * Writes bytes {@code from} to {@code to - 1}, which should be UTF-8, as a JSON string.
     *
     * @throws ValueException if they are not
     */
    static void put(byte[] text, int from, int to, ByteOutput out) {
        out.put('"');
        int plain = from;
        int at = from;
        boolean ascii = true;
        while (at < to) {
            if (at + Long.BYTES <= to) {
                long word = (long) Utf8.LONGS.get(text, at);
                if (special(word) == 0) {
                    ascii &= (word & Utf8.HIGH_BITS) == 0;
                    at += Long.BYTES;
                    continue;
                }
            }
            byte next = text[at];
            if (next < 0) {
                ascii = false;
            } else if (ESCAPES[next] != 0) {
                out.put(text, plain, at - plain);
                escape(next, out);
                plain = at + 1;
            }
            at++;
        }
        out.put(text, plain, to - plain);
        out.put('"');
        if (!ascii && !Utf8.isValid(text, from, to)) {
            throw new ValueException("expected text, found bytes that are not UTF-8");
        }
    }

    /** Not zero if a byte is a quote, a backslash or a control character; may say so wrongly of other words. */
    private static long special(long word) {
        long quote = word ^ ONES * '"';
        long backslash = word ^ ONES * '\\';
        return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - ONES * ' ') & ~word))
                & Utf8.HIGH_BITS;
    }

    private static void escape(byte character, ByteOutput out) {
        byte[] bytes = out.ensure(LONGEST_ESCAPE);
        int at = out.size();
        bytes[at] = '\\';
        bytes[at + 1] = ESCAPES[character];
        if (ESCAPES[character] != 'u') {
            out.advance(2);
            return;
        }
        bytes[at + 2] = '0';
        bytes[at + 3] = '0';
        bytes[at + 4] = HEX[character >> 4];
        bytes[at + 5] = HEX[character & 0xF];
        out.advance(LONGEST_ESCAPE);
    }

    /** Writes JSON text as it is, on one line, after a check that it is JSON. */
    static void putRaw(byte[] text, int from, int to, JsonScanner scanner, ByteOutput out) {
        scanner.start(text, from, to);
        scanner.skipValue();
        scanner.requireEnd();
        int start = out.size();
        out.put(text, from, to - from);
        byte[] written = out.data();
        for (int i = start; i < out.size(); i++) {
            // A line break cannot stand inside a string, so it is white space.
            if (written[i] == '\n' || written[i] == '\r') {
                written[i] = ' ';
            }
        }
    }
}
