package dev.penstock.engine.embedded.protocol;

import dev.penstock.engine.embedded.store.SealedEpoch.PartitionKey;
import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.engine.embedded.store.SealedEpoch.WriterSnapshot;
import java.util.List;

/**
 * What one lane adds to an epoch at its barrier.
 *
 * @param lane the index of the lane
 * @param epoch the epoch that the barrier ended
 * @param positions of the lane's partitions that moved, after the last batch <i>emitted</i>, not the last one read
 * @param removed partitions that are gone for good
 * @param handles what the lane's writers prepared
 * @param snapshots of the lane's writers
 * @param changes of the lane's keyed state, not in bytes yet
 */
public record Contribution(
        int lane,
        long epoch,
        List<Position> positions,
        List<PartitionKey> removed,
        List<PendingHandle> handles,
        List<WriterSnapshot> snapshots,
        List<StateChanges> changes) {
    public Contribution {
        positions = List.copyOf(positions);
        removed = List.copyOf(removed);
        handles = List.copyOf(handles);
        snapshots = List.copyOf(snapshots);
        changes = List.copyOf(changes);
    }
}
