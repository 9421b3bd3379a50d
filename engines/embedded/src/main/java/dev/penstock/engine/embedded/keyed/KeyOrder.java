package dev.penstock.engine.embedded.keyed;

import dev.penstock.engine.embedded.store.KeySort;

/** Entries in the order of the bytes of their keys; those of one key stay in the order in which they were. */
final class KeyOrder<S> {
    private final EntryList<S> entries;
    private final byte[][] keys;
    private final int[] order;

    /** Sorts {@code entries}, which are not to be changed from now on. */
    KeyOrder(EntryList<S> entries) {
        this.entries = entries;
        this.keys = new byte[entries.size()][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = KeyIdentity.bytes(entries.get(i).id);
        }
        this.order = KeySort.order(keys);
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
        return keys[order[index]];
    }
}
