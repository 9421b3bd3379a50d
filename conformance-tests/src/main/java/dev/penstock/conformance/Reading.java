package dev.penstock.conformance;

/** How a source can be told to read; see {@link SourceSide#reading}. */
public enum Reading {
    /** From the first row to the end that there is, and then stop. */
    BOUNDED,
    /** From the first row, and on as more is put there. */
    UNBOUNDED,
    /** What is put there from the first start on. */
    LATEST,
    /** What is put there from the point in time of the call on, by the clock of the outside system. */
    FROM_NOW,
    /** The rows as they are on the first start, then what changes. */
    TABLE,
    /** As {@link #UNBOUNDED}, and what was released cannot be read again. */
    PRUNING
}
