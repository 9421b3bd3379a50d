package dev.penstock.engine.embedded.protocol;

import dev.penstock.engine.embedded.store.Recovered;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.spi.EpochId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What survives crashes, and older copies of it. */
final class SimulatedDisk {
    private record Content(long epoch, Map<String, Position> positions, List<PendingHandle> pending) {}

    private final Set<EpochId> everSealed = new HashSet<>();
    private final List<Content> copies = new ArrayList<>();
    private Content content = new Content(-1, Map.of(), List.of());
    private long generation;

    long nextGeneration() {
        return ++generation;
    }

    long generation() {
        return generation;
    }

    Recovered recover(Weakness weakness) {
        List<PendingHandle> pending = weakness == Weakness.HANDLES_FORGOTTEN_AT_RESTART ? List.of() : content.pending();
        return new Recovered(content.epoch(), List.copyOf(content.positions().values()), pending, List.of(), Set.of());
    }

    void seal(SealedEpoch epoch) {
        if (epoch.id().epoch() <= content.epoch()) {
            throw new Violation("epoch " + epoch.id() + " was sealed after epoch " + content.epoch());
        }
        copies.add(content);
        Map<String, Position> positions = new HashMap<>(content.positions());
        epoch.positions().forEach(position -> positions.put(position.partition().id(), position));
        List<PendingHandle> pending = new ArrayList<>(content.pending());
        pending.addAll(epoch.handles());
        content = new Content(epoch.id().epoch(), positions, pending);
        everSealed.add(epoch.id());
    }

    void markCommitted(String sinkId, List<EpochId> epochs) {
        List<PendingHandle> pending = new ArrayList<>(content.pending());
        pending.removeIf(handle -> handle.sinkId().equals(sinkId)
                && epochs.contains(handle.prepared().epoch()));
        content = new Content(content.epoch(), content.positions(), pending);
    }

    boolean wasSealed(EpochId epoch) {
        return everSealed.contains(epoch);
    }

    /** Where a partition stands, or 0. */
    int position(String partition) {
        Position position = content.positions().get(partition);
        return position == null ? 0 : SimulatedUpstream.position(position.state());
    }

    boolean hasCopies() {
        return !copies.isEmpty();
    }

    /** Somebody puts back an older copy; the copies made after it belong to a history that is given up. */
    long restore(int choice) {
        int index = choice % copies.size();
        content = copies.get(index);
        copies.subList(index, copies.size()).clear();
        return content.epoch();
    }
}
