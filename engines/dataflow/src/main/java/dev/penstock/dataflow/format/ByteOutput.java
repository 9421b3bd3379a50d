package dev.penstock.dataflow.format;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Validity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes being written, in an array that grows: where encoders put the rows of a batch one behind the other.
 *
 * <p>Not thread safe.
 */
public final class ByteOutput {
    private static final int LONGEST_LONG = 20;

    private byte[] data;
    private int size;

    /** An empty output with room for {@code capacity} bytes. */
    public ByteOutput(int capacity) {
        this.data = new byte[Math.max(16, capacity)];
    }

    /** The number of bytes so far. */
    public int size() {
        return size;
    }

    /** The bytes so far are the first of these; valid until more are written. */
    public byte[] data() {
        return data;
    }

    /** Forgets the bytes from {@code newSize} on. */
    public void truncate(int newSize) {
        size = newSize;
    }

    /** Makes room for {@code count} more bytes; gives the array they go to, from {@link #size} on. */
    public byte[] ensure(int count) {
        int needed = Math.addExact(size, count);
        if (needed > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, data.length * 2L)));
        }
        return data;
    }

    /** Counts {@code count} bytes in that were written to the array directly. */
    public void advance(int count) {
        size += count;
    }

    /** Adds one byte. */
    public void put(int value) {
        ensure(1)[size++] = (byte) value;
    }

    /** Adds {@code bytes}. */
    public void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    /** Adds {@code length} of {@code bytes}, from {@code from} on. */
    public void put(byte[] bytes, int from, int length) {
        System.arraycopy(bytes, from, ensure(length), size, length);
        size += length;
    }

    /** Adds {@code text} as UTF-8. */
    public void put(String text) {
        put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds {@code value} in decimal digits. */
    public void putLong(long value) {
        if (value == Long.MIN_VALUE) {
            put(Long.toString(value));
            return;
        }
        byte[] bytes = ensure(LONGEST_LONG);
        long rest = value;
        if (rest < 0) {
            bytes[size++] = '-';
            rest = -rest;
        }
        int digits = digits(rest);
        writeDigits(bytes, size + digits, rest, digits);
        size += digits;
    }

    /** Adds the last {@code digits} digits of {@code value}, which is not negative, with leading zeros. */
    public void putPadded(long value, int digits) {
        writeDigits(ensure(digits), size + digits, value, digits);
        size += digits;
    }

    private static void writeDigits(byte[] bytes, int end, long value, int digits) {
        long rest = value;
        int at = end;
        for (int i = digits; i > 0; i--) {
            long quotient = rest / 10;
            bytes[--at] = (byte) ('0' + (rest - quotient * 10));
            rest = quotient;
        }
    }

    private static int digits(long value) {
        int digits = 1;
        long bound = 10;
        while (digits < 19 && value >= bound) {
            digits++;
            bound *= 10;
        }
        return digits;
    }

    /**
     * The bytes so far as a column that ends row {@code i} at {@code ends[i + 1]}; this output is empty afterwards,
     * with room for as much again.
     */
    public BytesColumn toColumn(DataType type, int[] ends, Validity validity) {
        BytesColumn column = new BytesColumn(type, ends, data, validity);
        data = new byte[Math.max(16, size + size / 16)];
        size = 0;
        return column;
    }
}
