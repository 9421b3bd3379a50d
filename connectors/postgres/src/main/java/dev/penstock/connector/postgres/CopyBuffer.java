package dev.penstock.connector.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes on their way to the server, big endian. Grows as needed; {@link #clear} keeps the memory. Not thread safe. */
final class CopyBuffer {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LENGTH_BYTES = 4;
    private static final int NULL_LENGTH = -1;

    private byte[] bytes;
    private int size;

    CopyBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** The bytes so far, in the first {@link #size} places; valid until the next change. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Forgets what was written after the buffer had {@code length} bytes. */
    void truncate(int length) {
        size = length;
    }

    void putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void putShort(int value) {
        ensure(Short.BYTES);
        SHORTS.set(bytes, size, (short) value);
        size += Short.BYTES;
    }

    void putInt(int value) {
        ensure(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        ensure(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
    }

    void putBytes(byte[] source, int from, int length) {
        ensure(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** A field without a value. */
    void putNull() {
        putInt(NULL_LENGTH);
    }

    /** Begins a field whose length is not known yet; give what comes back to {@link #endValue}. */
    int beginValue() {
        putInt(0);
        return size;
    }

    /** Ends the field that began at {@code start}. */
    void endValue(int start) {
        INTS.set(bytes, start - LENGTH_BYTES, size - start);
    }

    private void ensure(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
        }
    }

    static short shortAt(byte[] source, int at) {
        return (short) SHORTS.get(source, at);
    }

    static int intAt(byte[] source, int at) {
        return (int) INTS.get(source, at);
    }

    static long longAt(byte[] source, int at) {
        return (long) LONGS.get(source, at);
    }
}
