package dev.penstock.engine.embedded.keyed;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys by objects, or by bytes that lie in a buffer of somebody else, without allocation for those that are
 * known. Made of many small tables that grow one at a time, so that no row waits while millions of keys are moved.
 */
final class KeyTable<S> {
    private static final int SEGMENT_BITS = 7;
    private static final int FIRST_SLOTS = 8;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final @Nullable KeyEntry<S>[][] segments = new KeyEntry[1 << SEGMENT_BITS][FIRST_SLOTS];

    private final int[] sizes = new int[1 << SEGMENT_BITS];
    private int size;

    int size() {
        return size;
    }

    int segments() {
        return segments.length;
    }

    /** The entry of {@code id}, if there is one. */
    @Nullable KeyEntry<S> find(Object id, int slot) {
        for (KeyEntry<S> entry = first(slot); entry != null; entry = entry.next) {
            if (entry.id == id || (entry.slot == slot && entry.id.equals(id))) {
                return entry;
            }
        }
        return null;
    }

    /** The entry of the key in the first {@code length} of {@code bytes}, if there is one. */
    @Nullable KeyEntry<S> find(byte[] bytes, int length, int slot) {
        for (KeyEntry<S> entry = first(slot); entry != null; entry = entry.next) {
            if (entry.slot == slot && matches((byte[]) entry.id, bytes, length)) {
                return entry;
            }
        }
        return null;
    }

    private static boolean matches(byte[] key, byte[] bytes, int length) {
        return key.length == length && Arrays.equals(key, 0, length, bytes, 0, length);
    }

    /** The first entry where a key with {@code slot} would be; the others follow. */
    @Nullable KeyEntry<S> first(int slot) {
        @Nullable KeyEntry<S>[] segment = segments[segment(slot)];
        return segment[slot & segment.length - 1];
    }

    /** Adds a key that is not there. */
    KeyEntry<S> add(Object id, int slot) {
        KeyEntry<S> entry = new KeyEntry<>(id, slot);
        int segment = segment(slot);
        if (sizes[segment] >= segments[segment].length) {
            segments[segment] = grown(segments[segment]);
        }
        link(segments[segment], entry);
        sizes[segment]++;
        size++;
        return entry;
    }

    void remove(KeyEntry<S> entry) {
        int number = segment(entry.slot);
        @Nullable KeyEntry<S>[] segment = segments[number];
        KeyEntry<S> before = null;
        for (KeyEntry<S> at = first(entry.slot); at != entry && at != null; at = at.next) {
            before = at;
        }
        if (before == null) {
            segment[entry.slot & segment.length - 1] = entry.next;
        } else {
            before.next = entry.next;
        }
        entry.next = null;
        sizes[number]--;
        size--;
    }

    /** Hands over all entries of a segment, any of which may be removed meanwhile, in no order. */
    void forEach(int segment, Consumer<KeyEntry<S>> visitor) {
        for (KeyEntry<S> first : segments[segment]) {
            KeyEntry<S> entry = first;
            while (entry != null) {
                KeyEntry<S> rest = entry.next;
                visitor.accept(entry);
                entry = rest;
            }
        }
    }

    private static <S> @Nullable KeyEntry<S>[] grown(@Nullable KeyEntry<S>[] old) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        @Nullable KeyEntry<S>[] slots = new KeyEntry[old.length * 2];
        for (KeyEntry<S> first : old) {
            KeyEntry<S> entry = first;
            while (entry != null) {
                KeyEntry<S> rest = entry.next;
                link(slots, entry);
                entry = rest;
            }
        }
        return slots;
    }

    private static <S> void link(@Nullable KeyEntry<S>[] into, KeyEntry<S> entry) {
        int slot = entry.slot & into.length - 1;
        entry.next = into[slot];
        into[slot] = entry;
    }

    /** The highest bits; the lowest choose the slot. */
    private static int segment(int slot) {
        return slot >>> (Integer.SIZE - SEGMENT_BITS);
    }
}
