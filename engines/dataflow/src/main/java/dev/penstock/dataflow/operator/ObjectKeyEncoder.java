package dev.penstock.dataflow.operator;

import org.jspecify.annotations.Nullable;

/**
 * Makes the bytes of keys that are objects, see {@link Key#ofValue}, into a buffer that is used again. Not thread safe.
 */
public final class ObjectKeyEncoder {
    private final KeyBuffer buffer = new KeyBuffer();

    /** Encodes a text, a whole number or null, over what was encoded before. */
    public void encode(@Nullable Object key) {
        buffer.clear();
        if (key == null) {
            buffer.put(KeyFormat.NULL);
        } else {
            ObjectKeys.append(key, buffer);
        }
    }

    /** The buffer, of which the first {@link #length} bytes are the key; valid until the next {@link #encode}. */
    public byte[] bytes() {
        return buffer.bytes();
    }

    /** The number of bytes of the key. */
    public int length() {
        return buffer.size();
    }
}
