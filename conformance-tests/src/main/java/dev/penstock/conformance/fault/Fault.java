package dev.penstock.conformance.fault;

/** What befalls a connection. */
public enum Fault {
    /** Both ends see a reset; nothing more is delivered. */
    RESET,
    /** Both ends see an orderly end, in the middle of whatever was said. */
    CLOSE,
    /** The end that bytes go to sees an orderly end; what goes the other way still arrives. */
    HALF_CLOSE,
    /** Nothing is delivered any more and nobody is told: a black hole, until {@link FaultProxy#heal}. */
    STALL,
    /** The request is delivered as a whole; the first byte of the reply is not, and both ends see a reset. */
    LOSE_REPLY
}
