package dev.penstock.dataflow.operator;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Keys that are objects: texts and whole numbers, with the bytes they would have in columns of their own. */
final class ObjectKeys {
    private static final int FIRST_BEYOND_ASCII = 0x80;

    private ObjectKeys() {}

    /** The bytes of a key of one column. */
    static byte[] bytes(@Nullable Object key) {
        KeyBuffer buffer = new KeyBuffer(key instanceof String text ? text.length() + 2 : 1 + Long.BYTES);
        if (key == null) {
            buffer.put(KeyFormat.NULL);
        } else {
            append(key, buffer);
        }
        return buffer.toBytes();
    }

    static void append(Object key, KeyBuffer out) {
        if (key instanceof String text) {
            append(text, out);
        } else if (key instanceof Long || key instanceof Integer) {
            out.put(KeyFormat.INTEGER, ((Number) key).longValue());
        } else {
            throw new IllegalArgumentException("Cannot key by an object of type "
                    + key.getClass().getName() + "; use a text or a whole number that stands for it");
        }
    }

    /** Texts are plain ASCII most of the time, and then need no array of their own on the way. */
    private static void append(String text, KeyBuffer out) {
        int before = out.size();
        out.put(KeyFormat.TEXT);
        out.putLength(text.length());
        int at = out.extend(text.length());
        byte[] into = out.bytes();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter >= FIRST_BEYOND_ASCII) {
                out.truncate(before);
                appendUtf8(text, out);
                return;
            }
            into[at + i] = (byte) letter;
        }
    }

    private static void appendUtf8(String text, KeyBuffer out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.put(KeyFormat.TEXT);
        out.putLength(bytes.length);
        out.put(bytes, 0, bytes.length);
    }
}
