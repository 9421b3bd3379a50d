package dev.penstock.dataflow.operator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of bytes that never changes: it decides which worker has a key, and in which partition of a sink it lies.
 *
 * <p>Eight bytes at a time are mixed in by a multiplication and a shift, and the sum is finished so that every bit
 * depends on every byte. Not for untrusted input that is to be kept from colliding.
 */
public final class KeyHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final long FIRST_MIX = 0xBF58476D1CE4E5B9L;
    private static final long SECOND_MIX = 0x94D049BB133111EBL;

    private KeyHash() {}

    /** The hash of {@code bytes[from]} to {@code bytes[to - 1]}. */
    public static long of(byte[] bytes, int from, int to) {
        long hash = (to - from) * STEP;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << 8 | (bytes[at] & 0xFF);
        }
        return mix(mix(hash ^ rest));
    }

    /** Which of {@code workers} has the keys of {@code hash}: the hash's range is cut into as many equal parts. */
    public static int worker(long hash, int workers) {
        return (int) Math.multiplyHigh(hash >>> 1, (long) workers << 1);
    }

    private static long mix(long hash) {
        long mixed = hash + STEP;
        mixed = (mixed ^ mixed >>> 30) * FIRST_MIX;
        mixed = (mixed ^ mixed >>> 27) * SECOND_MIX;
        return mixed ^ mixed >>> 31;
    }
}
