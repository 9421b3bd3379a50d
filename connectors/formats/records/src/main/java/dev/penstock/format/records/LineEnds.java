package dev.penstock.format.records;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line feeds, eight bytes at a step. */
public final class LineEnds implements RecordEnds {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    /** The index of the first {@code wanted} in {@code data} from {@code from} on, or -1. */
    public static int indexOf(byte[] data, int from, int to, byte wanted) {
        long pattern = ONES * wanted;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long difference = (long) LONGS.get(data, i) ^ pattern;
            long hit = (difference - ONES) & ~difference & HIGHS;
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (data[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int find(byte[] data, int from, int to) {
        return indexOf(data, from, to, (byte) '\n');
    }

    @Override
    public boolean inQuotes() {
        return false;
    }

    @Override
    public void restart() {}

    @Override
    public boolean skipsEmpty() {
        return false;
    }
}
