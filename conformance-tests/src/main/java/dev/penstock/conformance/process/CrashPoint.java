package dev.penstock.conformance.process;

/** Where in the life of an epoch a process is killed. */
public enum CrashPoint {
    /** A writer has taken rows. */
    AFTER_WRITE,
    /**
     * A writer has been flushed. A transactional sink is not flushed: there, all rows of the epoch were written, and
     * its prepare has not begun.
     */
    AFTER_FLUSH,
    /** A writer has prepared, and the state that would know of it is not durable. */
    AFTER_PREPARE,
    /** The state is durable, and the commit has not begun. */
    BEFORE_COMMIT,
    /** The commit has begun: its request is sent and its reply never comes, or the process ends while it runs. */
    DURING_COMMIT,
    /** The target has committed, and the engine has not noted it. */
    AFTER_COMMIT,
    /** The next life claims the target and throws away what the last one left behind. */
    DURING_CLAIM,
    /** A partition was asked for rows. */
    AFTER_POLL,
    /** A partition was told that its rows are safe. */
    AFTER_DURABLE
}
