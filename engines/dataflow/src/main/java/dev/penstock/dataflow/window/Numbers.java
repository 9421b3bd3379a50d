package dev.penstock.dataflow.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Whole numbers in as few bytes as they need: seven bits a byte, lowest first, the sign in the lowest bit. */
final class Numbers {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private Numbers() {}

    static void write(long number, DataOutput out) throws IOException {
        long rest = (number << 1) ^ (number >> (Long.SIZE - 1));
        while ((rest & -MORE) != 0) {
            out.writeByte((int) rest | MORE);
            rest >>>= BITS;
        }
        out.writeByte((int) rest);
    }

    static long read(DataInput in) throws IOException {
        long bits = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            byte part = in.readByte();
            bits |= (long) (part & MORE - 1) << shift;
            if (part >= 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw new IOException("a number has more than ten bytes");
    }

    /** A number that was an {@code int}. */
    static int readInt(DataInput in) throws IOException {
        long number = read(in);
        if (number != (int) number) {
            throw new IOException("a number is too large: " + number);
        }
        return (int) number;
    }
}
