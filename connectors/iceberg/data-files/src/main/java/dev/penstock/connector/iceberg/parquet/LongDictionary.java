package dev.penstock.connector.iceberg.parquet;

import java.util.Arrays;

/** Distinct numbers of four or eight bytes. */
final class LongDictionary implements Dictionary {
    private static final int FIRST_SLOTS = 1024;

    private final int width;
    private long[] values = new long[FIRST_SLOTS / 2];
    /** One more than the number of the value that hashes here; 0 where none does. Kept less than half full. */
    private int[] slots = new int[FIRST_SLOTS];

    private int size;

    /** Values of {@code width} bytes each, 4 or 8. */
    LongDictionary(int width) {
        this.width = width;
    }

    /** The number of {@code value}, which is a new one if it was not seen yet. */
    int add(long value) {
        int mask = slots.length - 1;
        int slot = hash(value) & mask;
        while (true) {
            int id = slots[slot] - 1;
            if (id < 0) {
                return insert(slot, value);
            }
            if (values[id] == value) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
    }

    private static int hash(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) ^ (int) (mixed >>> 47);
    }

    private int insert(int slot, long value) {
        if (size == values.length) {
            grow();
            return add(value);
        }
        values[size] = value;
        slots[slot] = ++size;
        return size - 1;
    }

    private void grow() {
        values = Arrays.copyOf(values, values.length * 2);
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hash(values[id]) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id + 1;
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long plainBytes() {
        return (long) size * width;
    }

    @Override
    public long memory() {
        return 8L * values.length + 4L * slots.length;
    }

    @Override
    public void expand(int[] ids, int count, ByteSink target) {
        for (int i = 0; i < count; i++) {
            put(values[ids[i]], target);
        }
    }

    @Override
    public void writeAll(ByteSink target) {
        for (int id = 0; id < size; id++) {
            put(values[id], target);
        }
    }

    private void put(long value, ByteSink target) {
        if (width == Integer.BYTES) {
            target.putInt((int) value);
        } else {
            target.putLong(value);
        }
    }

    @Override
    public void clear() {
        size = 0;
        values = new long[FIRST_SLOTS / 2];
        slots = new int[FIRST_SLOTS];
    }
}
