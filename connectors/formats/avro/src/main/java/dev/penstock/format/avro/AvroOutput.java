package dev.penstock.format.avro;

import java.util.Arrays;

/** The bytes of one record being written. Not thread safe. */
final class AvroOutput {
    private static final int LONGEST_LONG = 10;

    private byte[] data = new byte[256];
    private int size;

    void clear() {
        size = 0;
    }

    byte[] data() {
        return data;
    }

    int size() {
        return size;
    }

    /** Makes room for {@code count} bytes, counts them in, and gives where they go. */
    int reserve(int count) {
        int end = Math.addExact(size, count);
        if (end > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, data.length * 2L)));
        }
        int start = size;
        size = end;
        return start;
    }

    void writeBoolean(boolean value) {
        int at = reserve(1);
        data[at] = (byte) (value ? 1 : 0);
    }

    void writeLong(long value) {
        int at = reserve(LONGEST_LONG);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            data[at++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        data[at++] = (byte) rest;
        size = at;
    }

    void writeFloat(float value) {
        littleEndian(Float.floatToIntBits(value), reserve(Float.BYTES));
    }

    void writeDouble(double value) {
        long bits = Double.doubleToLongBits(value);
        int at = reserve(Double.BYTES);
        littleEndian((int) bits, at);
        littleEndian((int) (bits >>> 32), at + 4);
    }

    private void littleEndian(int bits, int at) {
        data[at] = (byte) bits;
        data[at + 1] = (byte) (bits >>> 8);
        data[at + 2] = (byte) (bits >>> 16);
        data[at + 3] = (byte) (bits >>> 24);
    }

    /** The bytes with nothing before them. */
    void writeFixed(byte[] bytes, int from, int length) {
        // Making room may put another array in the place of this one.
        int at = reserve(length);
        System.arraycopy(bytes, from, data, at, length);
    }

    /** The bytes behind their number. */
    void writeBytes(byte[] bytes, int from, int length) {
        writeLong(length);
        writeFixed(bytes, from, length);
    }
}
