package dev.penstock.engine.embedded.protocol;

import dev.penstock.engine.embedded.store.SealedEpoch.PartitionKey;
import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.engine.embedded.store.SealedEpoch.WriterSnapshot;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of the protocol that runs beside the rows: remembers where each partition stands after what was emitted, and
 * at a barrier seals the writers' epoch.
 *
 * <p><b>Order of calls:</b> {@code begin (emitted | ended | removed | changed | barrier)*}. <b>Threads:</b> one.
 */
public final class Lane {
    private final int index;
    private final String runId;
    private final List<LaneSink> sinks;
    private final Map<PartitionKey, Position> moved = new LinkedHashMap<>();
    private final List<PartitionKey> removed = new ArrayList<>();
    private final List<StateChanges> changes = new ArrayList<>();
    private long epoch;

    /** Lane {@code index} of incarnation {@code runId}, whose first epoch is {@code firstEpoch}. */
    public Lane(int index, String runId, long firstEpoch, List<LaneSink> sinks) {
        this.index = index;
        this.runId = runId;
        this.epoch = firstEpoch;
        this.sinks = List.copyOf(sinks);
    }

    /** The epoch that rows belong to now. */
    public long epoch() {
        return epoch;
    }

    /** Begins the first epoch of all writers. */
    public void begin() {
        EpochId id = new EpochId(runId, epoch);
        sinks.forEach(sink -> sink.writer().begin(id));
    }

    /** All rows of {@code partition} up to {@code after} have been written. */
    public void emitted(String stepId, Partition partition, ResumeState after) {
        moved(new Position(stepId, partition, after, false));
    }

    /** All rows of {@code partition} have been written, and no more come in this run. */
    public void ended(String stepId, Partition partition, ResumeState last) {
        moved(new Position(stepId, partition, last, true));
    }

    private void moved(Position position) {
        PartitionKey key =
                new PartitionKey(position.stepId(), position.partition().id());
        // A partition may be gone and come back within one epoch.
        removed.remove(key);
        moved.put(key, position);
    }

    /** {@code partition} is gone, and all it had left to say has been written. */
    public void removed(String stepId, Partition partition) {
        PartitionKey key = new PartitionKey(stepId, partition.id());
        moved.remove(key);
        removed.add(key);
    }

    /** Keyed state has changed in the epoch that is about to end; to be called before its barrier. */
    public void changed(StateChanges change) {
        changes.add(change);
    }

    /**
     * Ends the current epoch: makes what was written durable but, where there are transactions, not visible, and begins
     * the next epoch unless this one is the last.
     */
    public Contribution barrier(boolean last) {
        List<PendingHandle> handles = new ArrayList<>();
        List<WriterSnapshot> snapshots = new ArrayList<>();
        for (LaneSink sink : sinks) {
            seal(sink, handles);
            sink.writer()
                    .snapshot()
                    .ifPresent(state -> snapshots.add(new WriterSnapshot(sink.sinkId(), sink.index(), state)));
        }
        Contribution contribution =
                new Contribution(index, epoch, List.copyOf(moved.values()), removed, handles, snapshots, changes);
        moved.clear();
        removed.clear();
        changes.clear();
        epoch++;
        if (!last) {
            begin();
        }
        return contribution;
    }

    private static void seal(LaneSink sink, List<PendingHandle> handles) {
        if (sink.transactional()) {
            sink.writer().prepare().ifPresent(prepared -> handles.add(new PendingHandle(sink.sinkId(), prepared)));
        } else {
            sink.writer().flush();
        }
    }
}
