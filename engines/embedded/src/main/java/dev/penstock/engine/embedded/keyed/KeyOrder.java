package dev.penstock.engine.embedded.keyed;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts by the bytes of keys. Most keys of a step begin alike; the eight bytes behind what all of them share tell
 * nearly all of them apart and are compared as a number.
 */
final class KeyOrder {
    private static final Comparator<Item<?>> ORDER = (one, other) -> {
        int byPrefix = Long.compareUnsigned(one.prefix, other.prefix);
        if (byPrefix != 0) {
            return byPrefix;
        }
        int byBytes = Arrays.compareUnsigned(one.bytes, other.bytes);
        return byBytes != 0 ? byBytes : Long.compare(one.tag, other.tag);
    };

    private KeyOrder() {}

    /** An entry with what it is sorted by: the key, then a tag. */
    static class Item<S> {
        final KeyEntry<S> entry;
        final byte[] bytes;
        private final long tag;
        private long prefix;

        Item(KeyEntry<S> entry, long tag) {
            this.entry = entry;
            this.bytes = KeyIdentity.bytes(entry.id);
            this.tag = tag;
        }
    }

    /** Sorts {@code items} in place. */
    static void sort(List<? extends Item<?>> items) {
        if (items.size() < 2) {
            return;
        }
        int shared = shared(items);
        for (Item<?> item : items) {
            item.prefix = prefix(item.bytes, shared);
        }
        items.sort(ORDER);
    }

    private static int shared(List<? extends Item<?>> items) {
        byte[] first = items.get(0).bytes;
        int shared = first.length;
        for (Item<?> item : items) {
            int differs = Arrays.mismatch(first, 0, shared, item.bytes, 0, Math.min(shared, item.bytes.length));
            shared = differs < 0 ? shared : differs;
        }
        return shared;
    }

    /** Missing bytes count as zeros; keys that are alike then are compared byte by byte. */
    private static long prefix(byte[] bytes, int from) {
        long prefix = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            prefix = prefix << Byte.SIZE | (i < bytes.length ? bytes[i] & 0xFF : 0);
        }
        return prefix;
    }
}
