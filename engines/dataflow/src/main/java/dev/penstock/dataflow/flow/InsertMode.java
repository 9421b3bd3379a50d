package dev.penstock.dataflow.flow;

/** What a join keeps of a side that gives several items for a key. */
public enum InsertMode {
    /** The first one. */
    FIRST,
    /** The last one. */
    LAST,
    /** All of them: each is joined with each of the other sides. */
    PRODUCT
}
