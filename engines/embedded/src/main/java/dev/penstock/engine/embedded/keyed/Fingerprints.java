package dev.penstock.engine.embedded.keyed;

import java.util.Arrays;

/**
 * Tells whether a key may be among many by 40 bits of its hash, in five to eight bytes a key. Says yes of one in
 * 100,000 others while there are ten million, and never no of one that is there. A key that was added twice is to be
 * removed twice.
 */
final class Fingerprints {
    private static final int SEGMENTS = 256;
    private static final int FIRST_SLOTS = 16;
    private static final int FREE = 0;

    private final int[][] segments = new int[SEGMENTS][FIRST_SLOTS];
    private final int[] sizes = new int[SEGMENTS];
    private int size;

    int size() {
        return size;
    }

    void add(long hash) {
        int number = segment(hash);
        if (sizes[number] >= segments[number].length - segments[number].length / 6) {
            segments[number] = grown(segments[number]);
        }
        insert(segments[number], print(hash));
        sizes[number]++;
        size++;
    }

    boolean mightContain(long hash) {
        return size > 0 && slotOf(segments[segment(hash)], print(hash)) >= 0;
    }

    /** Removes a key that was added, or another with the same bits. */
    void remove(long hash) {
        int number = segment(hash);
        int[] segment = segments[number];
        int at = slotOf(segment, print(hash));
        if (at >= 0) {
            close(segment, at);
            sizes[number]--;
            size--;
        }
    }

    void clear() {
        for (int number = 0; number < SEGMENTS; number++) {
            segments[number] = new int[FIRST_SLOTS];
        }
        Arrays.fill(sizes, 0);
        size = 0;
    }

    /** Moves those back that stand behind a gap and would not be found any more. */
    private static void close(int[] segment, int removed) {
        int gap = removed;
        int at = next(segment, gap);
        while (segment[at] != FREE) {
            int home = home(segment, segment[at]);
            boolean between = gap <= at ? gap < home && home <= at : gap < home || home <= at;
            if (!between) {
                segment[gap] = segment[at];
                gap = at;
            }
            at = next(segment, at);
        }
        segment[gap] = FREE;
    }

    private static int slotOf(int[] segment, int print) {
        int at = home(segment, print);
        while (segment[at] != FREE) {
            if (segment[at] == print) {
                return at;
            }
            at = next(segment, at);
        }
        return -1;
    }

    private static int[] grown(int[] old) {
        int[] segment = new int[old.length + old.length / 2];
        for (int print : old) {
            if (print != FREE) {
                insert(segment, print);
            }
        }
        return segment;
    }

    private static void insert(int[] segment, int print) {
        int at = home(segment, print);
        while (segment[at] != FREE) {
            at = next(segment, at);
        }
        segment[at] = print;
    }

    private static int next(int[] segment, int at) {
        return at + 1 == segment.length ? 0 : at + 1;
    }

    /** The range of prints is cut into as many parts as there are slots. */
    private static int home(int[] segment, int print) {
        return (int) (((print & 0xFFFFFFFFL) * segment.length) >>> Integer.SIZE);
    }

    private static int print(long hash) {
        int print = (int) hash;
        return print == FREE ? 1 : print;
    }

    /** Not the highest bits, which choose the worker. */
    private static int segment(long hash) {
        return (int) (hash >>> Integer.SIZE) & (SEGMENTS - 1);
    }
}
