package dev.penstock.conformance.history;

/**
 * Something that became of rows and must not have.
 *
 * @param kind what
 * @param row the first that it happened to, in the order of partitions and sequences
 * @param detail what was expected in its place
 * @param count how many rows it happened to
 */
public record Finding(Kind kind, NumberedRow row, String detail, long count) {
    /** What can become of rows. */
    public enum Kind {
        /** It has to be there and is not, or only an older version of it is. */
        LOSS,
        /** It is there more than once. */
        DUPLICATE,
        /** It comes before a row of its partition that it has to follow. */
        REORDER,
        /** It is there, though nobody committed it. */
        PHANTOM,
        /** It was deleted, and is there again. */
        RESURRECTION,
        /** Something in it is not as it was written. */
        CORRUPTION
    }

    @Override
    public String toString() {
        return kind + " of " + count + (count == 1 ? " row: " : " rows, the first of them: ") + row + "; " + detail;
    }
}
