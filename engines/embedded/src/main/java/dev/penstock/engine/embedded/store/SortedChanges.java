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
        KeySort sorted = KeySort.of(log);
        int[] order = sorted.order();
        int[] last = new int[order.length];
        int kept = 0;
        for (int place = 0; place < order.length; place++) {
            boolean supersedes = kept > 0 && sorted.isAsBefore(place);
            kept += supersedes ? 0 : 1;
            last[kept - 1] = order[place];
        }
        return new SortedChanges(log, last, kept);
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
