package dev.penstock.embeddings;

/**
 * A part of a section that is not cut: a sentence, a list item, a row of a table, a block of code that fits.
 *
 * @param start where it starts
 * @param end where it ends, white space behind it included
 * @param tokens how many it has
 * @param border what ends before it
 * @param repeatable whether it may be repeated as the overlap of the next chunk
 * @param gapBefore whether something before it was left out
 * @param header where the header of its table is; empty if it is no row of a table that is cut
 */
record Unit(int start, int end, int tokens, Border border, boolean repeatable, boolean gapBefore, Range header) {
    /** What ends before a unit; the better, the later in this list. */
    enum Border {
        /** A heading, which is not parted from what follows. */
        HEADING(-10),
        /** A word, or less. */
        WORD(0),
        /** A line of code. */
        LINE(0.15),
        /** A sentence or a row of a table. */
        SENTENCE(0.2),
        /** An item of a list. */
        ITEM(0.25),
        /** A paragraph, a table or a block of code. */
        BLOCK(0.35);

        private final double merit;

        Border(double merit) {
            this.merit = merit;
        }

        /** How good it is to cut here, compared with a part of a chunk that is left unused. */
        double merit() {
            return merit;
        }
    }

    /** From {@code start} (inclusive) to {@code end} (exclusive). */
    record Range(int start, int end) {
        static final Range NONE = new Range(0, 0);

        boolean isEmpty() {
            return start == end;
        }
    }
}
