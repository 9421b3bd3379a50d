package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.store.ChangeLog;
import dev.penstock.engine.embedded.store.KeyReader;
import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.Recovered;
import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.engine.embedded.store.ScratchState;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SealedEpoch.PartitionKey;
import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.engine.embedded.store.SealedEpoch.WriterSnapshot;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a pipeline that asks for no durable state: it survives restarts in process, and nothing else.
 *
 * <p>A run of such a pipeline is told apart from all others by its run id, so that its epochs are never taken for those
 * of another run.
 */
final class MemoryStore implements RecoveryStore {
    private final Map<PartitionKey, Position> positions = new LinkedHashMap<>();
    private final List<PendingHandle> pending = new ArrayList<>();
    private final Map<String, List<WriterSnapshot>> snapshots = new HashMap<>();
    private final ChangeLog keyed = new ChangeLog();
    private final long mostKeyedBytes;
    private final InstantSource clock;
    private @Nullable ScratchState scratch;
    private final Map<String, String> facts = new HashMap<>();
    private long generation = System.currentTimeMillis();
    private long epoch = -1;

    /** A store whose keyed state stays in memory. */
    MemoryStore() {
        this(Long.MAX_VALUE, InstantSource.system());
    }

    /**
     * A store whose keyed state moves to a temporary file when it is more than {@code mostKeyedBytes}, where keys
     * expire by {@code clock}.
     */
    MemoryStore(long mostKeyedBytes, InstantSource clock) {
        this.mostKeyedBytes = mostKeyedBytes;
        this.clock = clock;
    }

    @Override
    public long claim(Owner owner) {
        generation = Math.max(generation + 1, System.currentTimeMillis());
        return generation;
    }

    @Override
    public Recovered recover() {
        Set<String> steps = keyed.steps();
        positions.keySet().forEach(key -> steps.add(key.stepId()));
        return new Recovered(
                epoch,
                List.copyOf(positions.values()),
                pending,
                snapshots.values().stream().flatMap(List::stream).toList(),
                steps);
    }

    @Override
    public synchronized void keyedState(String stepId, BiConsumer<byte[], byte[]> entries) {
        if (scratch != null) {
            scratch.keyedState(stepId, entries);
        }
        keyed.forEach(stepId, entries);
    }

    @Override
    public void seal(SealedEpoch sealed) {
        epoch = sealed.id().epoch();
        sealed.positions()
                .forEach(position -> positions.put(
                        new PartitionKey(position.stepId(), position.partition().id()), position));
        sealed.removed().forEach(positions::remove);
        pending.addAll(sealed.handles());
        sealed.snapshots().forEach(snapshot -> snapshots.remove(snapshot.sinkId()));
        sealed.snapshots()
                .forEach(snapshot -> snapshots
                        .computeIfAbsent(snapshot.sinkId(), sinkId -> new ArrayList<>())
                        .add(snapshot));
        change(sealed.changes());
    }

    private synchronized void change(List<KeyChange> changes) {
        if (scratch != null) {
            scratch.write(changes);
            return;
        }
        keyed.add(changes);
        if (keyed.isMoreThan(mostKeyedBytes)) {
            moveToDisk();
        }
    }

    /** There is more than should stay in memory, or somebody let keys go and needs one back. */
    private ScratchState moveToDisk() {
        ScratchState made = ScratchState.create(clock);
        made.write(keyed.changes());
        scratch = made;
        keyed.clear();
        return made;
    }

    @Override
    public Optional<KeyReader> keyReader(String stepId) {
        return Optional.of(new MemoryKeyReader(() -> openReader(stepId)));
    }

    private synchronized KeyReader openReader(String stepId) {
        return (scratch == null ? moveToDisk() : scratch).keyReader(stepId);
    }

    /** After the last incarnation: deletes what may lie on disk. */
    synchronized void delete() {
        if (scratch != null) {
            scratch.close();
            scratch = null;
        }
    }

    @Override
    public void markCommitted(String sinkId, List<EpochId> epochs) {
        pending.removeIf(handle -> handle.sinkId().equals(sinkId) && isOf(handle.prepared(), epochs));
    }

    private static boolean isOf(Prepared prepared, List<EpochId> epochs) {
        return epochs.contains(prepared.epoch());
    }

    @Override
    public void renew() {}

    @Override
    public Optional<String> recall(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    @Override
    public void remember(String name, String value) {
        facts.put(name, value);
    }

    @Override
    public void close() {}
}
