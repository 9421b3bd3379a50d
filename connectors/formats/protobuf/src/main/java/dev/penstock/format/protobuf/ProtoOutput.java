package dev.penstock.format.protobuf;

import java.util.Arrays;

/** The bytes of one record being written. Not thread safe. */
final class ProtoOutput {
    private static final int LONGEST_VARINT = 10;

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

    void writeVarint(long value) {
        int at = reserve(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            data[at++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        data[at++] = (byte) rest;
        size = at;
    }

    void writeFixed32(int value) {
        int at = reserve(Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            data[at + i] = (byte) (value >>> (Byte.SIZE * i));
        }
    }

    void writeFixed64(long value) {
        writeFixed32((int) value);
        writeFixed32((int) (value >>> Integer.SIZE));
    }

    void write(byte[] bytes, int from, int length) {
        // Making room may put another array in the place of this one.
        int at = reserve(length);
        System.arraycopy(bytes, from, data, at, length);
    }

    /**
     * Puts the length of what was written since {@code from} before it: lengths are known only then, and mostly take
     * one byte, so that moving the bytes costs less than writing them twice.
     */
    void insertLength(int from) {
        long length = (long) size - from;
        int bytes = 1;
        while (length >>> (7 * bytes) != 0) {
            bytes++;
        }
        reserve(bytes);
        System.arraycopy(data, from, data, from + bytes, (int) length);
        for (int i = 0; i < bytes; i++) {
            data[from + i] = (byte) (((length >>> (7 * i)) & 0x7f) | (i < bytes - 1 ? 0x80 : 0));
        }
    }
}
