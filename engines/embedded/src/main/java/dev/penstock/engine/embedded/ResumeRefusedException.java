package dev.penstock.engine.embedded;

import static java.util.Objects.requireNonNull;

/**
 * The state that is there does not fit what is to be resumed: going on would lose or repeat rows, so nothing is done
 * until a person has decided. The message names what does not fit and the ways out.
 */
public final class ResumeRefusedException extends RuntimeException {
    private final Reason reason;

    /** What does not fit. */
    public enum Reason {
        /** A step of the state is not in the pipeline any more. */
        ORPHANED_STEP,
        /** The state file was written for another pipeline, or by another program. */
        OTHER_PIPELINE,
        /** The state file is not the one that was used here last. */
        REPLACED,
        /** The state file is older than what was sealed here: a backup was restored, or a part of it is missing. */
        OLDER_THAN_SEALED,
        /** Epochs were sealed here, and the state file is gone. */
        MISSING,
        /** The state file cannot be read, or is not a state file. */
        DAMAGED,
        /** The state file was written by a newer release. */
        NEWER_VERSION
    }

    /** Resuming is refused for {@code reason}; the message says why and what to do. */
    public ResumeRefusedException(Reason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
    }

    /** As {@link #ResumeRefusedException(Reason, String)}, with what found it. */
    public ResumeRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    /** What does not fit. */
    public Reason reason() {
        return reason;
    }
}
