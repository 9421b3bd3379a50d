package dev.penstock.connector.iceberg.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * The least and greatest bytes of a page. Most values are told from both by their first eight bytes, in one comparison
 * of numbers each.
 */
final class BytesBounds {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Turned in the first byte, so that numbers below zero come first. */
    private final long sign;

    private boolean any;
    private byte[] least = new byte[64];
    private int leastLength;
    private long leastPrefix;
    private byte[] greatest = new byte[64];
    private int greatestLength;
    private long greatestPrefix;

    /** {@code signed}: whether values are numbers in two's complement, all of one length. */
    BytesBounds(boolean signed) {
        // Long.compare orders as signed numbers; texts are ordered as unsigned ones.
        this.sign = signed ? 0 : Long.MIN_VALUE;
    }

    void add(byte[] data, int start, int length) {
        long prefix = prefix(data, start, length) ^ sign;
        if (!any) {
            any = true;
            setLeast(data, start, length, prefix);
            setGreatest(data, start, length, prefix);
            return;
        }
        if (prefix <= leastPrefix && isBefore(data, start, length, prefix)) {
            setLeast(data, start, length, prefix);
        } else if (prefix >= greatestPrefix && isAfter(data, start, length, prefix)) {
            setGreatest(data, start, length, prefix);
        }
    }

    private static long prefix(byte[] data, int start, int length) {
        if (length >= Long.BYTES && start + Long.BYTES <= data.length) {
            return (long) LONG.get(data, start);
        }
        long prefix = 0;
        for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
            prefix |= (data[start + i] & 0xffL) << (56 - 8 * i);
        }
        return prefix;
    }

    /** Values of one prefix are of one sign, so that the rest compares as unsigned bytes. */
    private boolean isBefore(byte[] data, int start, int length, long prefix) {
        return prefix < leastPrefix || Arrays.compareUnsigned(data, start, start + length, least, 0, leastLength) < 0;
    }

    private boolean isAfter(byte[] data, int start, int length, long prefix) {
        return prefix > greatestPrefix
                || Arrays.compareUnsigned(data, start, start + length, greatest, 0, greatestLength) > 0;
    }

    private void setLeast(byte[] data, int start, int length, long prefix) {
        least = length > least.length ? new byte[2 * length] : least;
        System.arraycopy(data, start, least, 0, length);
        leastLength = length;
        leastPrefix = prefix;
    }

    private void setGreatest(byte[] data, int start, int length, long prefix) {
        greatest = length > greatest.length ? new byte[2 * length] : greatest;
        System.arraycopy(data, start, greatest, 0, length);
        greatestLength = length;
        greatestPrefix = prefix;
    }

    /** Gives the bounds of the page to {@code statistics}, if it has values, and begins the next. */
    void page(Statistics<?> statistics) {
        if (any) {
            statistics.updateStats(Binary.fromConstantByteArray(Arrays.copyOf(least, leastLength)));
            statistics.updateStats(Binary.fromConstantByteArray(Arrays.copyOf(greatest, greatestLength)));
        }
        any = false;
    }
}
