package dev.penstock.engine.embedded.store;

import java.util.Arrays;

/**
 * Sorts keys by their bytes, as unsigned numbers. Most keys of a step begin alike; the eight bytes behind what all of
 * them share tell nearly all of them apart, and are sorted as numbers, some bits at a time.
 */
public final class KeySort {
    private static final int FEW = 48;
    private static final int MANY = 4_096;

    /** How many bits are sorted by at a time: what is written to side by side then fits into the nearest cache. */
    private static final int DIGIT_OF_MANY = 11;

    private final Keys keys;
    private final int size;
    private long[] prefixes;
    private int[] order;

    /** Whether keys with equal prefixes are equal. */
    private boolean prefixesTell;

    /** Keys that lie in arrays, side by side or each in its own. */
    public interface Keys {
        /** How many there are. */
        int size();

        /** The array in which a key lies. */
        byte[] block(int index);

        /** Where a key begins in its array, in the upper half, and where it ends, in the lower. */
        long range(int index);
    }

    private KeySort(Keys keys) {
        this.keys = keys;
        this.size = keys.size();
        this.prefixes = new long[size];
        this.order = new int[size];
    }

    /** The indexes of {@code keys} in the order of the keys; equal ones stay in theirs. */
    public static int[] order(Keys keys) {
        return of(keys).order;
    }

    /** Sorts {@code keys}. */
    static KeySort of(Keys keys) {
        KeySort sort = new KeySort(keys);
        sort.prepare();
        if (sort.size <= FEW) {
            sort.sortFew(0, sort.size);
        } else {
            sort.byPrefix();
            if (!sort.prefixesTell) {
                sort.byRest();
            }
        }
        return sort;
    }

    /** See {@link #order(Keys)}. */
    int[] order() {
        return order;
    }

    /**
     * Whether the key at {@code place} of the order is equal to the one before; mostly known without a look at them.
     */
    boolean isAsBefore(int place) {
        if (size <= FEW) {
            return compare(order[place - 1], order[place]) == 0;
        }
        return prefixes[place - 1] == prefixes[place] && (prefixesTell || compare(order[place - 1], order[place]) == 0);
    }

    /**
     * Takes the prefixes. Bytes that are missing in one count as zeros, so that two keys with equal ones differ only if
     * they are longer, or if one ends in a zero and the other before it.
     */
    private void prepare() {
        int shared = shared();
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        boolean endsInZero = false;
        for (int i = 0; i < size; i++) {
            order[i] = i;
            long range = keys.range(i);
            byte[] block = keys.block(i);
            int length = to(range) - from(range) - shared;
            prefixes[i] = prefix(block, from(range) + shared, to(range));
            shortest = Math.min(shortest, length);
            longest = Math.max(longest, length);
            endsInZero |= length > 0 && block[to(range) - 1] == 0;
        }
        prefixesTell = longest <= Long.BYTES && (shortest == longest || !endsInZero);
    }

    private static int from(long range) {
        return (int) (range >>> Integer.SIZE);
    }

    private static int to(long range) {
        return (int) range;
    }

    private int shared() {
        if (size == 0) {
            return 0;
        }
        byte[] first = keys.block(0);
        int begin = from(keys.range(0));
        int shared = to(keys.range(0)) - begin;
        for (int i = 1; i < size && shared > 0; i++) {
            long range = keys.range(i);
            int to = Math.min(from(range) + shared, to(range));
            int differs = Arrays.mismatch(first, begin, begin + shared, keys.block(i), from(range), to);
            shared = differs < 0 ? shared : differs;
        }
        return shared;
    }

    private static long prefix(byte[] bytes, int from, int to) {
        long prefix = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            prefix = prefix << Byte.SIZE | (i < to ? bytes[i] & 0xFF : 0);
        }
        return prefix;
    }

    private int compare(int one, int other) {
        long range = keys.range(one);
        long others = keys.range(other);
        return Arrays.compareUnsigned(
                keys.block(one), from(range), to(range), keys.block(other), from(others), to(others));
    }

    /** From the lowest bits to the highest, each pass keeping the order of the one before. */
    private void byPrefix() {
        int bits = pack(differing());
        int digit = size < MANY ? Byte.SIZE : DIGIT_OF_MANY;
        long[] fromPrefixes = prefixes;
        int[] fromOrder = order;
        long[] toPrefixes = new long[size];
        int[] toOrder = new int[size];
        for (int shift = 0; shift < bits; shift += digit) {
            int[] places = places(fromPrefixes, shift, digit);
            int mask = places.length - 1;
            for (int i = 0; i < fromPrefixes.length; i++) {
                int place = places[(int) (fromPrefixes[i] >>> shift) & mask]++;
                toPrefixes[place] = fromPrefixes[i];
                toOrder[place] = fromOrder[i];
            }
            long[] prefixesBefore = fromPrefixes;
            fromPrefixes = toPrefixes;
            toPrefixes = prefixesBefore;
            int[] orderBefore = fromOrder;
            fromOrder = toOrder;
            toOrder = orderBefore;
        }
        prefixes = fromPrefixes;
        order = fromOrder;
    }

    private long differing() {
        long differing = 0;
        for (long prefix : prefixes) {
            differing |= prefix ^ prefixes[0];
        }
        return differing;
    }

    /**
     * Moves the bits of {@code differing} together, which keeps the order: of the bits of digits, for example, only
     * half ever differ. Gives how many bits there are then.
     */
    private int pack(long differing) {
        long[] packed = new long[prefixes.length];
        int bits = 0;
        long rest = differing;
        while (rest != 0) {
            int from = Long.numberOfTrailingZeros(rest);
            int length = Long.numberOfTrailingZeros(~(rest >>> from));
            long mask = length == Long.SIZE ? -1 : (1L << length) - 1;
            for (int i = 0; i < packed.length; i++) {
                packed[i] |= (prefixes[i] >>> from & mask) << bits;
            }
            bits += length;
            rest &= ~(mask << from);
        }
        prefixes = packed;
        return bits;
    }

    /** Where those with each value of the {@code digit} bits at {@code shift} begin. */
    private static int[] places(long[] prefixes, int shift, int digit) {
        int[] counts = new int[1 << digit];
        for (long prefix : prefixes) {
            counts[(int) (prefix >>> shift) & counts.length - 1]++;
        }
        int place = 0;
        for (int value = 0; value < counts.length; value++) {
            int count = counts[value];
            counts[value] = place;
            place += count;
        }
        return counts;
    }

    /** Sorts those whose prefixes are equal, which are side by side now. */
    private void byRest() {
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && prefixes[to] == prefixes[from]) {
                to++;
            }
            if (to - from > FEW) {
                sortMany(from, to);
            } else {
                sortFew(from, to);
            }
            from = to;
        }
    }

    private void sortFew(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int moving = order[i];
            int at = i;
            while (at > from && compare(order[at - 1], moving) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = moving;
        }
    }

    private void sortMany(int from, int to) {
        Integer[] indexes = new Integer[to - from];
        for (int i = from; i < to; i++) {
            indexes[i - from] = order[i];
        }
        Arrays.sort(indexes, this::compare);
        for (int i = from; i < to; i++) {
            order[i] = indexes[i - from];
        }
    }
}
