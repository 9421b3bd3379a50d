package dev.penstock.engine.embedded.store;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that an epoch changes, to be written at once.
 *
 * @param id the epoch; numbers ascend by one over all incarnations
 * @param positions of partitions that moved or ended in the epoch
 * @param removed partitions that are gone for good
 * @param handles what the sinks prepared
 * @param snapshots of sink writers; they replace all snapshots of their sink
 * @param changes of keyed state
 */
public record SealedEpoch(
        EpochId id,
        List<Position> positions,
        List<PartitionKey> removed,
        List<PendingHandle> handles,
        List<WriterSnapshot> snapshots,
        List<KeyChange> changes) {
    public SealedEpoch {
        positions = List.copyOf(positions);
        removed = List.copyOf(removed);
        handles = List.copyOf(handles);
        snapshots = List.copyOf(snapshots);
        changes = changes instanceof PackedChanges ? changes : List.copyOf(changes);
    }

    /** A partition of a source step. */
    public record PartitionKey(String stepId, String partitionId) {}

    /**
     * Where a partition stands.
     *
     * @param ended whether the source said that nothing more comes in this run
     */
    public record Position(String stepId, Partition partition, ResumeState state, boolean ended) {}

    /** What a sink has to commit. */
    public record PendingHandle(String sinkId, Prepared prepared) {}

    /** What a sink's writer wants the next incarnation to know. */
    public record WriterSnapshot(String sinkId, int writer, ResumeState state) {}

    /**
     * The new value of a key of a step, or none if the key is dropped. The last change of a key in an epoch counts.
     *
     * @param key not copied and not to be changed, as is the value
     */
    public record KeyChange(String stepId, byte[] key, Optional<byte[]> value, KeyTimes times) {
        /** A change of a key that lives until it is dropped, and waits for nothing. */
        public KeyChange(String stepId, byte[] key, Optional<byte[]> value) {
            this(stepId, key, value, KeyTimes.NONE);
        }
    }

    /**
     * When something is to happen to a key by itself.
     *
     * @param expiresMillis when it is dropped, in milliseconds since 1970; empty for never
     * @param eventDue when the first of its timers of event time is due, in microseconds since 1970
     * @param clockDue when the first of its timers of the wall clock is due, in microseconds since 1970
     */
    public record KeyTimes(OptionalLong expiresMillis, OptionalLong eventDue, OptionalLong clockDue) {
        /** Nothing happens. */
        public static final KeyTimes NONE =
                new KeyTimes(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }
}
