package dev.penstock.dataflow.flow;

/** When a join gives what it has of a key. */
public enum EmitMode {
    /** When each side has an item; the key is forgotten then, and begins anew with its next item. */
    COMPLETE,
    /** At the end of bounded inputs, also if sides are missing; the key is forgotten then. */
    FINAL,
    /** After each item, also if sides are missing; the key is kept. */
    RUNNING
}
