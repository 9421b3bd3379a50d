package dev.penstock.engine.embedded.keyed;

import dev.penstock.engine.embedded.store.KeyLog;
import dev.penstock.engine.embedded.store.KeySort;

/** Entries in the order of the bytes of their keys; those of one key stay in the order in which they were. */
final class KeyOrder<S> {
    private static final int TOGETHER = 64;

    private final EntryList<S> entries;

    /** The keys alone. */
    private final KeyLog keys = new KeyLog("");

    private final int[] order;

    /** Sorts {@code entries}, which are not to be changed from now on. */
    KeyOrder(EntryList<S> entries) {
        this.entries = entries;
        IdBytes bytes = new IdBytes();
        for (int i = 0; i < entries.size(); i++) {
            if (i % TOGETHER == 0) {
                bringNear(i, Math.min(entries.size(), i + TOGETHER));
            }
            bytes.of(entries.get(i).id);
            keys.drop(bytes.bytes(), bytes.length());
        }
        this.order = KeySort.order(keys);
    }

    /** Looks at many keys before the first of them is used, so that the processor waits for their memory once. */
    private void bringNear(int from, int to) {
        for (int i = from; i < to; i++) {
            if (entries.get(i).id instanceof String text && text.length() < 0) {
                throw new IllegalStateException("a text has a length");
            }
        }
    }

    int size() {
        return order.length;
    }

    /** Where the one at {@code index} was before all were sorted. */
    int place(int index) {
        return order[index];
    }

    KeyEntry<S> entry(int index) {
        return entries.get(order[index]);
    }

    /** The bytes of a key. */
    byte[] key(int index) {
        return keys.key(order[index]);
    }
}
