package dev.penstock.engine.embedded;

import java.time.Duration;
import java.util.List;

/**
 * How a run came to its end without an error.
 *
 * @param ending whether everything was read, or somebody asked to stop
 * @param totals what was done
 * @param elapsed from the call of {@link EmbeddedEngine#run} on
 * @param notes what people should know, one sentence each
 */
public record RunReport(Ending ending, Progress totals, Duration elapsed, List<String> notes) {
    /** Why a run ended. */
    public enum Ending {
        /** All partitions ended and everything is committed. */
        DONE,
        /**
         * {@link EmbeddedEngine#stop} was called; what was written is committed and the next run goes on from there.
         */
        STOPPED
    }

    public RunReport {
        notes = List.copyOf(notes);
    }
}
