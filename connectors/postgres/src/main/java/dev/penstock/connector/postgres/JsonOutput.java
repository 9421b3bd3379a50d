package dev.penstock.connector.postgres;

import dev.penstock.spi.data.BytesColumnBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON text being written, in an array that grows. Not thread safe. */
final class JsonOutput {
    private static final int FIRST_BYTES = 1024;
    private static final String HEX = "0123456789abcdef";

    private byte[] data = new byte[FIRST_BYTES];
    private int size;

    /** {@code text} as a string in JSON. */
    static String quoted(String text) {
        JsonOutput out = new JsonOutput();
        out.string(text);
        return new String(out.data, 0, out.size, StandardCharsets.UTF_8);
    }

    /** Adds what is JSON already, or a part of it. */
    void raw(byte[] bytes, int from, int length) {
        ensure(length);
        System.arraycopy(bytes, from, data, size, length);
        size += length;
    }

    /** Adds what is JSON already, or a part of it, and has no other characters than those of ASCII. */
    @SuppressWarnings("deprecation") // the bytes of ASCII are what is wanted
    void ascii(String text) {
        int length = text.length();
        ensure(length);
        text.getBytes(0, length, data, size);
        size += length;
    }

    void put(char character) {
        ensure(1);
        data[size++] = (byte) character;
    }

    /** Adds a string. */
    void string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        string(bytes, 0, bytes.length);
    }

    /** Adds a string whose characters are UTF-8. */
    void string(byte[] text, int from, int length) {
        put('"');
        int plain = from;
        int to = from + length;
        for (int at = from; at < to; at++) {
            byte next = text[at];
            if (next == '"' || next == '\\' || (next >= 0 && next < ' ')) {
                raw(text, plain, at - plain);
                escape(next);
                plain = at + 1;
            }
        }
        raw(text, plain, to - plain);
        put('"');
    }

    private void escape(byte character) {
        put('\\');
        switch (character) {
            case '"', '\\' -> put((char) character);
            case '\n' -> put('n');
            case '\r' -> put('r');
            case '\t' -> put('t');
            default -> {
                ascii("u00");
                put(HEX.charAt(character >> 4));
                put(HEX.charAt(character & 0xF));
            }
        }
    }

    private void ensure(int more) {
        int needed = Math.addExact(size, more);
        if (needed > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * data.length)));
        }
    }

    /** Moves what was written into {@code column}, as one value. */
    void into(BytesColumnBuilder column) {
        column.append(data, 0, size);
        size = 0;
    }
}
