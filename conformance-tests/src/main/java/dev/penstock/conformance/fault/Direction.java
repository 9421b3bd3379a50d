package dev.penstock.conformance.fault;

/** Which way bytes go. */
public enum Direction {
    /** From the connector to the system. */
    REQUEST,
    /** From the system to the connector. */
    RESPONSE
}
