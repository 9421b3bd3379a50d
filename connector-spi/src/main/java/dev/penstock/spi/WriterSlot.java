package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

/**
 * Which writer this is.
 *
 * @param sinkId the pipeline's name, a slash and the step id; stable across restarts
 * @param runId of this incarnation
 * @param index from 0 to {@code count - 1}
 * @param count the number of writers of this incarnation
 * @param restoredEpoch the last durable epoch of all incarnations before, or -1 on first start
 */
public record WriterSlot(String sinkId, String runId, int index, int count, long restoredEpoch) {
    public WriterSlot {
        requireNonNull(sinkId, "sinkId");
        requireNonNull(runId, "runId");
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException("Cannot make writer " + index + " of " + count);
        }
    }

    /** Whether a stray transaction of writer {@code writer} and {@code epoch} is this writer's to abort (ST-07). */
    public boolean ownsStray(int writer, long epoch) {
        return writer % count == index && epoch > restoredEpoch;
    }
}
