package dev.penstock.engine.embedded.keyed;

/** A number of bytes in one byte: never less than it is, and at most an eighth more. */
final class RoughSize {
    private static final int FRACTION_BITS = 3;
    private static final int ONE = 1 << FRACTION_BITS;

    private RoughSize() {}

    /** Keeps the four highest bits of {@code bytes}, which are at least eight, rounded up, and how many follow. */
    static byte of(long bytes) {
        int follow = Long.SIZE - 1 - FRACTION_BITS - Long.numberOfLeadingZeros(bytes);
        long highest = (bytes + (1L << follow) - 1) >>> follow;
        return (byte) ((long) follow * ONE + highest - ONE);
    }

    /** How many bytes {@link #of} stands for. */
    static long bytes(byte rough) {
        int parts = Byte.toUnsignedInt(rough);
        return (long) (ONE + parts % ONE) << (parts / ONE);
    }
}
