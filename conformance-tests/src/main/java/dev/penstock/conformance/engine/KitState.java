package dev.penstock.conformance.engine;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What survives a crash.
 *
 * @param generation how many lives there were
 * @param epoch the last durable epoch; -1 if there is none
 * @param positions where each partition stands, by its id
 * @param pending the handles of durable epochs that are not known to be committed, in order
 * @param snapshots what the writers of the last epoch left for those of the next life
 */
record KitState(
        long generation,
        long epoch,
        Map<String, Position> positions,
        List<Prepared> pending,
        List<ResumeState> snapshots) {
    static final KitState EMPTY = new KitState(0, -1, Map.of(), List.of(), List.of());

    KitState {
        positions = Map.copyOf(positions);
        pending = List.copyOf(pending);
        snapshots = List.copyOf(snapshots);
    }

    /** The state of each partition that has one, by its id. */
    Map<String, ResumeState> states() {
        return positions.values().stream()
                .collect(Collectors.toMap(position -> position.partition().id(), Position::after));
    }

    KitState nextLife() {
        return new KitState(generation + 1, epoch, positions, pending, snapshots);
    }

    KitState committed() {
        return new KitState(generation, epoch, positions, List.of(), snapshots);
    }

    /** The state with one more epoch. */
    KitState sealed(long newEpoch, Map<String, Position> newPositions, KitWriters.Sealed writers) {
        List<Prepared> handles = new ArrayList<>(pending);
        handles.addAll(writers.handles());
        return new KitState(generation, newEpoch, newPositions, handles, writers.snapshots());
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeLong(generation);
        out.writeLong(epoch);
        out.writeInt(positions.size());
        for (Position position : positions.values()) {
            position.writeTo(out);
        }
        out.writeInt(pending.size());
        for (Prepared handle : pending) {
            write(out, handle);
        }
        out.writeInt(snapshots.size());
        for (ResumeState snapshot : snapshots) {
            write(out, snapshot);
        }
    }

    static KitState readFrom(DataInputStream in) throws IOException {
        long generation = in.readLong();
        long epoch = in.readLong();
        Map<String, Position> positions = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            Position position = Position.readFrom(in);
            positions.put(position.partition.id(), position);
        }
        List<Prepared> pending = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            pending.add(readPrepared(in));
        }
        List<ResumeState> snapshots = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            snapshots.add(readResumeState(in));
        }
        return new KitState(generation, epoch, positions, pending, snapshots);
    }

    private static void write(DataOutputStream out, Prepared handle) throws IOException {
        out.writeUTF(handle.epoch().runId());
        out.writeLong(handle.epoch().epoch());
        out.writeInt(handle.writer());
        write(out, handle.handle());
        out.writeLong(handle.rows());
        out.writeLong(handle.bytes());
    }

    private static Prepared readPrepared(DataInputStream in) throws IOException {
        EpochId epoch = new EpochId(in.readUTF(), in.readLong());
        return new Prepared(epoch, in.readInt(), readResumeState(in), in.readLong(), in.readLong());
    }

    private static void write(DataOutputStream out, ResumeState state) throws IOException {
        out.writeInt(state.version());
        out.writeInt(state.size());
        out.write(state.bytes());
    }

    private static ResumeState readResumeState(DataInputStream in) throws IOException {
        int version = in.readInt();
        return new ResumeState(version, in.readNBytes(in.readInt()));
    }

    /**
     * Where a partition stands.
     *
     * @param partition as it was listed last
     * @param after the state on the last batch that was written
     */
    record Position(Partition partition, ResumeState after) {
        private void writeTo(DataOutputStream out) throws IOException {
            out.writeUTF(partition.id());
            out.writeInt(partition.descriptor().length);
            out.write(partition.descriptor());
            out.writeBoolean(partition.bounded());
            write(out, after);
        }

        private static Position readFrom(DataInputStream in) throws IOException {
            String id = in.readUTF();
            Partition partition = new Partition(id, in.readNBytes(in.readInt()), in.readBoolean());
            return new Position(partition, readResumeState(in));
        }
    }
}
