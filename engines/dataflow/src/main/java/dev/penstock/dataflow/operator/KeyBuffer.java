package dev.penstock.dataflow.operator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow, used again for each key. */
final class KeyBuffer {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int FIRST_CAPACITY = 64;
    private static final int MOST_OF_A_LENGTH = 5;

    private byte[] bytes;
    private int size;

    KeyBuffer() {
        this(FIRST_CAPACITY);
    }

    KeyBuffer(int capacity) {
        this.bytes = new byte[capacity];
    }

    void clear() {
        size = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** What was put, as an array of its own; the buffer is not to be used any more. */
    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** Makes room for {@code length} bytes, which the caller then writes to {@link #bytes}; gives where they begin. */
    int extend(int length) {
        reserve(length);
        int at = size;
        size += length;
        return at;
    }

    /** Forgets what was put after the first {@code length} bytes. */
    void truncate(int length) {
        size = length;
    }

    void put(byte tag) {
        reserve(1);
        bytes[size++] = tag;
    }

    void put(byte tag, long value) {
        reserve(1 + Long.BYTES);
        bytes[size++] = tag;
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
    }

    void putShort(int value) {
        reserve(Short.BYTES);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    void put(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** Seven bits a byte, lowest first, the highest bit saying that more follow. */
    void putLength(int length) {
        if (length < 0x80) {
            put((byte) length);
            return;
        }
        reserve(MOST_OF_A_LENGTH);
        int rest = length;
        while (rest >= 0x80) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
