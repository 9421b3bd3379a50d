package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

/**
 * Names one epoch of one incarnation. Sealed once, stored with the handles and the same on every retry; the number
 * alone is unsafe after an older checkpoint was restored (ST-11).
 *
 * @param runId of the incarnation that sealed the epoch; letters, digits and hyphens
 * @param epoch ascending within the pipeline, from 1
 */
public record EpochId(String runId, long epoch) {
    public EpochId {
        requireNonNull(runId, "runId");
    }

    @Override
    public String toString() {
        return runId + "/" + epoch;
    }
}
