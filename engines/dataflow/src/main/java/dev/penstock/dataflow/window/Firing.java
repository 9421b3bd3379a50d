package dev.penstock.dataflow.window;

/** Why a result of a window was given out. */
public enum Firing {
    /** A trigger asked for what is known so far; more may come. */
    EARLY,
    /** The window has closed. */
    ON_TIME,
    /** A late item changed a window that had closed, within the allowed lateness; this takes the place of the last. */
    LATE
}
