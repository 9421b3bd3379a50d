package dev.penstock.engine.embedded.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Entries in the making, as {@link BlockCursor} reads them; used again for each block. Not thread safe. */
final class BlockBuffer {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int FIRST_CAPACITY = 1 << 13;
    private static final int LARGEST_KEPT = 1 << 22;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    /** Makes it empty again; after unusually much the room is given back. */
    void clear() {
        size = 0;
        if (bytes.length > LARGEST_KEPT) {
            bytes = new byte[FIRST_CAPACITY];
        }
    }

    int size() {
        return size;
    }

    /** Forgets the first {@code length} bytes. */
    void removeFirst(int length) {
        System.arraycopy(bytes, length, bytes, 0, size - length);
        size -= length;
    }

    /** What there is, up to {@link #size}; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Adds the entry at which {@code cursor} is. */
    void add(BlockCursor cursor) {
        int length = cursor.to() - cursor.from();
        reserve(length);
        System.arraycopy(cursor.block(), cursor.from(), bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }

    static void longAt(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }

    static long longAt(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }
}
