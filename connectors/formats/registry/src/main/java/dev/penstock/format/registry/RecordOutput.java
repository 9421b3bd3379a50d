package dev.penstock.format.registry;

import java.util.Arrays;

/** The bytes of one record being written, after which comes another. Not thread safe. */
public class RecordOutput {
    private static final int LONGEST_VARINT = 10;

    private byte[] data = new byte[256];
    private int size;

    /** Begins another record. */
    public final void clear() {
        size = 0;
    }

    /** Of these the first {@link #size} are the record; another array takes their place when it is too small. */
    public final byte[] data() {
        return data;
    }

    /** The number of bytes so far. */
    public final int size() {
        return size;
    }

    /** Makes room for {@code count} bytes, counts them in, and gives where they go in {@link #data}. */
    public final int reserve(int count) {
        int end = Math.addExact(size, count);
        if (end > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, data.length * 2L)));
        }
        int start = size;
        size = end;
        return start;
    }

    /** Seven bits a byte, the lowest first, each but the last with its highest bit set. */
    public final void writeVarint(long value) {
        int at = reserve(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            data[at++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        data[at++] = (byte) rest;
        size = at;
    }

    /** Four bytes, the lowest first. */
    public final void writeFixed32(int value) {
        int at = reserve(Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            data[at + i] = (byte) (value >>> (Byte.SIZE * i));
        }
    }

    /** Eight bytes, the lowest first. */
    public final void writeFixed64(long value) {
        writeFixed32((int) value);
        writeFixed32((int) (value >>> Integer.SIZE));
    }

    /** The bytes as they are. */
    public final void write(byte[] bytes, int from, int length) {
        // Making room may put another array in the place of this one.
        int at = reserve(length);
        System.arraycopy(bytes, from, data, at, length);
    }
}
