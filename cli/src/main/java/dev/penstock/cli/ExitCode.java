package dev.penstock.cli;

/** What the process says to its caller when it ends. */
final class ExitCode {
    /** Everything was done. */
    static final int DONE = 0;
    /** It failed on the way; what was committed stays, and the next run goes on from there. */
    static final int FAILED = 1;
    /** The command line or the pipeline is wrong: nothing was read or written. */
    static final int USAGE = 2;
    /** The state that an earlier run left does not fit: nothing was read or written. */
    static final int RESUME_REFUSED = 3;
    /** Not all of it was done, since others were in the way or something was out of reach; the same again may do it. */
    static final int TRY_AGAIN = 4;
    /** Stopped by a signal after everything read was committed. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
