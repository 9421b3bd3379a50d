package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;

/** Entries in the making, as {@link BlockCursor} reads them; used again for each block. Not thread safe. */
final class BlockBuffer {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int FIRST_CAPACITY = 1 << 13;
    private static final int LARGEST_KEPT = 1 << 22;
    private static final int MOST_OF_A_HEAD = 2 * 5 + 3 * Long.BYTES;

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

    /** Adds the key and the value of {@code change}, which has one. */
    void add(KeyChange change) {
        byte[] value = change.value().orElseThrow();
        OptionalLong expires = change.times().expiresMillis();
        OptionalLong eventDue = change.times().eventDue();
        OptionalLong clockDue = change.times().clockDue();
        reserve(Math.addExact(MOST_OF_A_HEAD + change.key().length, value.length));
        number(change.key().length);
        number(value.length << BlockCursor.TIME_BITS
                | (expires.isPresent() ? BlockCursor.WITH_EXPIRES : 0)
                | (eventDue.isPresent() ? BlockCursor.WITH_EVENT_DUE : 0)
                | (clockDue.isPresent() ? BlockCursor.WITH_CLOCK_DUE : 0));
        time(expires);
        time(eventDue);
        time(clockDue);
        put(change.key());
        put(value);
    }

    private void number(int number) {
        int rest = number;
        while ((rest & ~0x7F) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void time(OptionalLong time) {
        if (time.isPresent()) {
            LONGS.set(bytes, size, time.getAsLong());
            size += Long.BYTES;
        }
    }

    private void put(byte[] source) {
        System.arraycopy(source, 0, bytes, size, source.length);
        size += source.length;
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }

    static long longAt(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }
}
