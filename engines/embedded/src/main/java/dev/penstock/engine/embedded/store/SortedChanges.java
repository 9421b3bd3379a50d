package dev.penstock.engine.embedded.store;

import java.util.Arrays;

/** The changes of a {@link KeyLog} in the order of the keys; of several changes of a key, the last alone. */
final class SortedChanges {
    private final KeyLog log;
    private final int[] order;
    private final int size;

    private SortedChanges(KeyLog log, int[] order, int size) {
        this.log = log;
        this.order = order;
        this.size = size;
    }

    static SortedChanges of(KeyLog log) {
        int[] order = KeySort.order(log);
        int kept = 0;
        for (int index : order) {
            boolean supersedes = kept > 0 && sameKey(log, order[kept - 1], index);
            kept += supersedes ? 0 : 1;
            order[kept - 1] = index;
        }
        return new SortedChanges(log, order, kept);
    }

    private static boolean sameKey(KeyLog log, int one, int other) {
        long range = log.range(one);
        return compare(log, other, log.block(one), range) == 0;
    }

    private static int compare(KeyLog log, int index, byte[] block, long range) {
        long mine = log.range(index);
        return Arrays.compareUnsigned(
                log.block(index),
                (int) (mine >>> Integer.SIZE),
                (int) mine,
                block,
                (int) (range >>> Integer.SIZE),
                (int) range);
    }

    int size() {
        return size;
    }

    boolean isDrop(int index) {
        return log.isDrop(order[index]);
    }

    byte[] key(int index) {
        return log.key(order[index]);
    }

    int compareKey(int index, byte[] other) {
        return compare(log, order[index], other, other.length);
    }

    /** Puts {@code cursor} at a change, also if that drops its key. */
    void show(int index, BlockCursor cursor) {
        log.show(order[index], cursor);
    }
}
