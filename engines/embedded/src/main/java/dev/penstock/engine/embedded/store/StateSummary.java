package dev.penstock.engine.embedded.store;

import static java.util.Objects.requireNonNull;

import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What there is of a pipeline's state, for people.
 *
 * @param pipeline its name
 * @param file where it lies
 * @param bytes how large the file is, with what has not been moved into it yet
 * @param epoch the last sealed one, or -1
 * @param sealed when that was; empty if no epoch was
 * @param owner the live process that runs the pipeline, if there is one
 * @param steps that have state of any kind, by id
 * @param pending handles of durable epochs that are not known to be committed, ascending
 */
public record StateSummary(
        String pipeline,
        Path file,
        long bytes,
        long epoch,
        Optional<Instant> sealed,
        Optional<Owner> owner,
        List<StepState> steps,
        List<PendingHandle> pending) {
    public StateSummary {
        requireNonNull(pipeline, "pipeline");
        requireNonNull(file, "file");
        requireNonNull(sealed, "sealed");
        requireNonNull(owner, "owner");
        steps = List.copyOf(steps);
        pending = List.copyOf(pending);
    }

    /**
     * What a step has.
     *
     * @param partitions of a source, with their positions, by id
     * @param keys how many are live
     * @param pending how many handles of a sink wait for their commit
     */
    public record StepState(String id, List<Position> partitions, long keys, long pending) {
        public StepState {
            partitions = List.copyOf(partitions);
        }
    }
}
