package dev.penstock.connector.iceberg.reading;

import java.util.Arrays;

/**
 * Small numbers as Parquet packs levels and places in dictionaries: runs of one number, and groups of eight in bits.
 */
final class BitRuns {
    private static final int GROUP = 8;

    private final byte[] bytes;
    private final int end;
    private final int width;
    private final long mask;
    private int at;
    private int left;
    private boolean packed;
    private int value;
    private long bit;

    BitRuns(PageBytes page, int width) {
        if (width < 0 || width > Integer.SIZE) {
            throw new IllegalArgumentException("numbers of " + width + " bits");
        }
        this.bytes = page.array();
        this.at = page.at();
        this.end = page.end();
        this.width = width;
        this.mask = (1L << width) - 1;
    }

    /** The places of values in a dictionary: the first byte says how many bits each has. */
    static BitRuns ofPlaces(PageBytes page) {
        int width = page.array()[page.take(1)];
        return new BitRuns(page, width);
    }

    /** Whether the next {@code count} numbers are {@code expected}, as far as one run tells. */
    boolean isRunOf(int expected, int count) {
        begin();
        return !packed && value == expected && left >= count;
    }

    void read(int[] target, int from, int count) {
        for (int done = 0; done < count; ) {
            begin();
            int now = Math.min(left, count - done);
            if (packed) {
                for (int i = from + done; i < from + done + now; i++) {
                    target[i] = unpack();
                }
            } else {
                Arrays.fill(target, from + done, from + done + now, value);
            }
            left -= now;
            done += now;
        }
    }

    void read(byte[] target, int count) {
        for (int done = 0; done < count; ) {
            begin();
            int now = Math.min(left, count - done);
            if (packed) {
                for (int i = done; i < done + now; i++) {
                    target[i] = (byte) unpack();
                }
            } else {
                Arrays.fill(target, done, done + now, (byte) value);
            }
            left -= now;
            done += now;
        }
    }

    private void begin() {
        while (left == 0) {
            int header = varint();
            packed = (header & 1) == 1;
            if (packed) {
                left = Math.multiplyExact(header >>> 1, GROUP);
                bit = (long) at << 3;
                at = (int) Math.min(end, at + (long) (header >>> 1) * width);
            } else {
                left = header >>> 1;
                value = fixed();
            }
        }
    }

    private int varint() {
        int number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = nextByte();
            number |= (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    private int fixed() {
        int number = 0;
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
            number |= (nextByte() & 0xff) << shift;
        }
        return number;
    }

    private byte nextByte() {
        if (at >= end) {
            throw new IndexOutOfBoundsException("a page ends too early");
        }
        return bytes[at++];
    }

    private int unpack() {
        int index = (int) (bit >>> 3);
        int shift = (int) (bit & 7);
        bit += width;
        long word = index + Long.BYTES <= bytes.length ? (long) PageBytes.LONG.get(bytes, index) : lastBytes(index);
        return (int) (word >>> shift & mask);
    }

    /** The last group of a page may be cut off; what is missing belongs to no value. */
    private long lastBytes(int index) {
        long word = 0;
        for (int i = Math.min(bytes.length, index + Long.BYTES) - 1; i >= index; i--) {
            word = word << Byte.SIZE | (bytes[i] & 0xff);
        }
        return word;
    }
}
