package dev.penstock.engine.embedded.keyed;

import static java.util.Objects.requireNonNull;

/**
 * Where rows come from, as far as their order in time goes: a partition of a source, or one worker of a step before.
 *
 * @param stepId the source or the step
 * @param partitionId the partition, or which worker of the step
 */
public record RowOrigin(String stepId, String partitionId) {
    public RowOrigin {
        requireNonNull(stepId, "stepId");
        requireNonNull(partitionId, "partitionId");
    }
}
