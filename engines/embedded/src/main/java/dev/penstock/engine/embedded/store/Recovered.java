package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.engine.embedded.store.SealedEpoch.WriterSnapshot;
import java.util.List;
import java.util.Set;

/**
 * What the last durable epoch left behind.
 *
 * @param epoch its number, or -1 on first start
 * @param positions of all partitions ever read and not removed
 * @param pending handles of durable epochs that are not known to be committed, ascending
 * @param snapshots of the sinks' writers
 * @param steps the ids of all steps that have state of any kind: one that is not in the pipeline any more is orphaned
 */
public record Recovered(
        long epoch,
        List<Position> positions,
        List<PendingHandle> pending,
        List<WriterSnapshot> snapshots,
        Set<String> steps) {
    public Recovered {
        positions = List.copyOf(positions);
        pending = List.copyOf(pending);
        snapshots = List.copyOf(snapshots);
        steps = Set.copyOf(steps);
    }
}
