package dev.penstock.examples.billion;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes in a long, the first of them lowest, so that they can be looked at together. */
final class Words {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

    private Words() {}

    /** The eight bytes from {@code index} on. */
    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /**
     * Sets the highest bit of the first byte of {@code word} that is {@code wanted}, and no bit before it; zero if
     * there is none. Subtracting one borrows from the byte behind only where a byte is zero, which is one that was
     * found.
     */
    static long marks(long word, char wanted) {
        long different = word ^ wanted * ONES;
        return different - ONES & ~different & HIGHEST_BITS;
    }

    /** How many bytes are before the first mark: eight if there is none. */
    static int firstMark(long marks) {
        return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
    }

    /** A word whose bits are set in the bytes before the first mark: in all if there is none. */
    static long before(long marks) {
        return (Long.lowestOneBit(marks) >>> (Byte.SIZE - 1)) - 1;
    }
}
