package dev.penstock.embeddings;

/**
 * A part of a document: lines that belong together.
 *
 * @param kind what it is
 * @param start where it starts
 * @param end where it ends, without the line end
 * @param level of a heading, 1 to 6; else 0
 * @param title of a heading without markup; else empty
 * @param gapBefore whether something before it was left out
 */
record Block(Kind kind, int start, int end, int level, String title, boolean gapBefore) {
    /** What a block is. */
    enum Kind {
        HEADING,
        PROSE,
        CODE,
        TABLE
    }

    static Block of(Kind kind, int start, int end) {
        return new Block(kind, start, end, 0, "", false);
    }

    static Block heading(int start, int end, int level, String title) {
        return new Block(Kind.HEADING, start, end, level, title, false);
    }

    Block afterGap() {
        return new Block(kind, start, end, level, title, true);
    }
}
