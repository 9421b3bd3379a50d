package dev.penstock.engine.embedded.keyed;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes that grow, used again for each value. Not thread safe. */
final class ValueOutput extends OutputStream {
    private static final int FIRST_CAPACITY = 128;
    private static final int LARGEST_KEPT = 1 << 20;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    /** Makes it empty again; after an unusually large value the room is given back. */
    void clear() {
        size = 0;
        if (bytes.length > LARGEST_KEPT) {
            bytes = new byte[FIRST_CAPACITY];
        }
    }

    int size() {
        return size;
    }

    /** What was written, up to {@link #size}; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public void write(int octet) {
        reserve(1);
        bytes[size++] = (byte) octet;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
