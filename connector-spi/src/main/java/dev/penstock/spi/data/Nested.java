package dev.penstock.spi.data;

/** Offsets of lists and maps when rows are picked. */
final class Nested {
    private Nested() {}

    /** The offsets of the picked rows, starting at 0. */
    static int[] offsets(int[] offsets, int[] rows, int count) {
        int[] taken = new int[count + 1];
        for (int i = 0; i < count; i++) {
            taken[i + 1] = taken[i] + offsets[rows[i] + 1] - offsets[rows[i]];
        }
        return taken;
    }

    /** The elements of the picked rows, one row after the other. */
    static Column elements(Column elements, int[] offsets, int[] rows, int count, int[] taken) {
        int[] picked = new int[taken[count]];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < taken[i + 1] - taken[i]; k++) {
                picked[taken[i] + k] = offsets[rows[i]] + k;
            }
        }
        return elements.take(picked, picked.length);
    }

    /** The offsets of rows {@code from} to {@code to}, moved to start at 0. */
    static int[] rebased(int[] offsets, int from, int to) {
        int[] moved = new int[to - from + 1];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = offsets[from + i] - offsets[from];
        }
        return moved;
    }
}
