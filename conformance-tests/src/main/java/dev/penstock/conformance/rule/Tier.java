package dev.penstock.conformance.rule;

/** What a rule needs; a tier is begun only if the one before passed. */
public enum Tier {
    /** Nothing: the jar and its descriptor. */
    T0,
    /** The outside system, up and well. */
    T1,
    /** The outside system behind faults. */
    T2,
    /** Processes of its own that are killed. */
    T3
}
