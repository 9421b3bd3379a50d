package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds keys by bytes that lie in a buffer of somebody else, without allocation for those that are known. */
final class KeyTable<S> {
    private static final int FIRST_SLOTS = 64;

    private @Nullable KeyEntry<S>[] slots = newSlots(FIRST_SLOTS);
    private int size;

    int size() {
        return size;
    }

    /** The entry of the key in the first {@code length} of {@code bytes}; made if there is none. */
    KeyEntry<S> findOrAdd(byte[] bytes, int length, long hash) {
        for (KeyEntry<S> entry = slots[slot(hash)]; entry != null; entry = entry.next) {
            if (entry.key.hash() == hash && matches(entry.key.bytes(), bytes, length)) {
                return entry;
            }
        }
        return add(Key.of(Arrays.copyOf(bytes, length)));
    }

    private static boolean matches(byte[] key, byte[] bytes, int length) {
        return Arrays.equals(key, 0, key.length, bytes, 0, length);
    }

    private KeyEntry<S> add(Key key) {
        if (size >= slots.length) {
            grow();
        }
        KeyEntry<S> entry = new KeyEntry<>(key);
        link(slots, entry);
        size++;
        return entry;
    }

    void remove(KeyEntry<S> entry) {
        int slot = slot(entry.key.hash());
        KeyEntry<S> before = null;
        for (KeyEntry<S> at = slots[slot]; at != null; at = at.next) {
            if (at == entry) {
                unlink(slot, before, entry);
                size--;
                return;
            }
            before = at;
        }
    }

    private void unlink(int slot, @Nullable KeyEntry<S> before, KeyEntry<S> entry) {
        if (before == null) {
            slots[slot] = entry.next;
        } else {
            before.next = entry.next;
        }
        entry.next = null;
    }

    /** All entries, by the bytes of their keys. */
    List<KeyEntry<S>> inOrder() {
        List<KeyEntry<S>> entries = new ArrayList<>(size);
        for (KeyEntry<S> first : slots) {
            for (KeyEntry<S> entry = first; entry != null; entry = entry.next) {
                entries.add(entry);
            }
        }
        entries.sort((one, other) -> one.key.compareTo(other.key));
        return entries;
    }

    private void grow() {
        @Nullable KeyEntry<S>[] old = slots;
        slots = newSlots(old.length * 2);
        for (KeyEntry<S> first : old) {
            KeyEntry<S> entry = first;
            while (entry != null) {
                KeyEntry<S> rest = entry.next;
                link(slots, entry);
                entry = rest;
            }
        }
    }

    private void link(@Nullable KeyEntry<S>[] into, KeyEntry<S> entry) {
        int slot = slot(entry.key.hash());
        entry.next = into[slot];
        into[slot] = entry;
    }

    /** The lowest bits: the highest choose the worker, so within one they are alike. */
    private int slot(long hash) {
        return (int) hash & slots.length - 1;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <S> @Nullable KeyEntry<S>[] newSlots(int count) {
        return new KeyEntry[count];
    }
}
