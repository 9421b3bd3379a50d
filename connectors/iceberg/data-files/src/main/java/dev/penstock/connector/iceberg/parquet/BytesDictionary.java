package dev.penstock.connector.iceberg.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Distinct texts or bytes, kept one after the other in one array. */
final class BytesDictionary implements Dictionary {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST_SLOTS = 1024;

    private final boolean sized;
    private byte[] data = new byte[4096];
    private int[] ends = new int[FIRST_SLOTS / 2];
    private int[] hashes = new int[FIRST_SLOTS / 2];
    /** One more than the number of the value that hashes here; 0 where none does. Kept less than half full. */
    private int[] slots = new int[FIRST_SLOTS];

    private int size;

    /** {@code sized}: whether each value is stored behind its length. */
    BytesDictionary(boolean sized) {
        this.sized = sized;
    }

    /** The number of the value at {@code from}, which is a new one if it was not seen yet. */
    int add(byte[] source, int from, int length) {
        int hash = hash(source, from, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (true) {
            int id = slots[slot] - 1;
            if (id < 0) {
                return insert(slot, hash, source, from, length);
            }
            if (hashes[id] == hash && same(id, source, from, length)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
    }

    private boolean same(int id, byte[] source, int from, int length) {
        int start = start(id);
        return ends[id] - start == length && Arrays.equals(data, start, ends[id], source, from, from + length);
    }

    private static int hash(byte[] source, int from, int length) {
        long hash = length;
        int at = from;
        int end = from + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(source, at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        for (; at < end; at++) {
            hash = (hash ^ source[at]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash >>> 32);
    }

    private int insert(int slot, int hash, byte[] source, int from, int length) {
        if (size == ends.length) {
            grow();
            return add(source, from, length);
        }
        int start = start(size);
        int end = Math.addExact(start, length);
        if (end > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, 2L * data.length)));
        }
        System.arraycopy(source, from, data, start, length);
        ends[size] = end;
        hashes[size] = hash;
        slots[slot] = ++size;
        return size - 1;
    }

    private int start(int id) {
        return id == 0 ? 0 : ends[id - 1];
    }

    private void grow() {
        ends = Arrays.copyOf(ends, ends.length * 2);
        hashes = Arrays.copyOf(hashes, hashes.length * 2);
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hashes[id] & mask;
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
        return (long) start(size) + (sized ? (long) Integer.BYTES * size : 0);
    }

    @Override
    public long memory() {
        return data.length + 4L * (ends.length + hashes.length + slots.length);
    }

    @Override
    public void expand(int[] ids, int count, ByteSink target) {
        for (int i = 0; i < count; i++) {
            put(ids[i], target);
        }
    }

    @Override
    public void writeAll(ByteSink target) {
        for (int id = 0; id < size; id++) {
            put(id, target);
        }
    }

    private void put(int id, ByteSink target) {
        int start = start(id);
        if (sized) {
            target.putSized(data, start, ends[id] - start);
        } else {
            target.write(data, start, ends[id] - start);
        }
    }

    @Override
    public void clear() {
        size = 0;
        data = new byte[4096];
        ends = new int[FIRST_SLOTS / 2];
        hashes = new int[FIRST_SLOTS / 2];
        slots = new int[FIRST_SLOTS];
    }
}
