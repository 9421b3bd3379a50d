package dev.penstock.connector.iceberg;

import java.util.Arrays;

/**
 * Numbers keys, from 0 on in the order they are added. All keys lie in one array, so that a million of them are a few
 * objects and some twenty bytes each besides their own.
 */
final class KeyIndex {
    private static final int FIRST_SLOTS = 256;

    private byte[] bytes = new byte[4096];
    private int[] ends = new int[FIRST_SLOTS / 2];
    private int[] hashes = new int[FIRST_SLOTS / 2];
    private int[] slots = new int[FIRST_SLOTS];
    private int count;

    /** How many keys there are. */
    int count() {
        return count;
    }

    /** The number of the key in the first {@code length} of {@code key}; -1 if it was never added. */
    int find(byte[] key, int length) {
        return slots[slot(key, length, hash(key, length))] - 1;
    }

    /** The same, after adding the key if it is new. */
    int add(byte[] key, int length) {
        int hash = hash(key, length);
        int slot = slot(key, length, hash);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        append(key, length, hash);
        slots[slot] = count;
        if (2 * count >= slots.length) {
            grow();
        }
        return count - 1;
    }

    /** Where the key is, or would be. */
    private int slot(byte[] key, int length, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0 && !isAt(slots[slot] - 1, key, length, hash)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean isAt(int entry, byte[] key, int length, int hash) {
        int start = start(entry);
        return hashes[entry] == hash && Arrays.equals(bytes, start, ends[entry], key, 0, length);
    }

    private int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    private void append(byte[] key, int length, int hash) {
        int start = start(count);
        int end = Math.addExact(start, length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, longer(bytes.length)));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, longer(count));
            hashes = Arrays.copyOf(hashes, longer(count));
        }
        System.arraycopy(key, 0, bytes, start, length);
        ends[count] = end;
        hashes[count] = hash;
        count++;
    }

    private static int longer(int length) {
        return (int) Math.min(2L * length, Integer.MAX_VALUE - 8);
    }

    private void grow() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int entry = 0; entry < count; entry++) {
            int slot = hashes[entry] & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = entry + 1;
        }
    }

    private static int hash(byte[] key, int length) {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + key[i];
        }
        // Slots go by the lowest bits, which keys that end alike share.
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    /** The memory it takes. */
    long sizeInBytes() {
        return bytes.length + 4L * (ends.length + hashes.length + slots.length);
    }
}
