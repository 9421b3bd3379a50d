package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.runtime.PartitionReader.Known;
import dev.penstock.engine.embedded.store.Recovered;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SealedEpoch.PartitionKey;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which partitions there are, which are being read and which have ended. Confined to the coordinating thread.
 *
 * <p>A partition that is known and not listed any more is opened once more, so that its source can say what became of
 * it; then it is forgotten (SD-05).
 */
final class Partitions {
    private final List<LaneQueue> queues;
    private final Map<PartitionKey, Position> known = new HashMap<>();
    private final Map<PartitionKey, PartitionReader> reading = new HashMap<>();
    private final Map<PartitionKey, PartitionReader> waitingForDurability = new HashMap<>();
    private final Set<PartitionKey> done = new HashSet<>();
    /** One lane for all readers of a partition, so that what a later one says cannot overtake an earlier one. */
    private final Map<PartitionKey, LaneQueue> lanes = new HashMap<>();

    Partitions(Recovered recovered, List<LaneQueue> queues) {
        this.queues = queues;
        recovered.positions().forEach(position -> known.put(key(position), position));
    }

    /**
     * Tells a source how far a run before has read which partitions, if one has: those that it lists besides are new.
     */
    void restore(SourceStep source) {
        Map<String, ResumeState> states = known.values().stream()
                .filter(position -> position.stepId().equals(source.id()))
                .collect(Collectors.toMap(position -> position.partition().id(), Position::state));
        if (!states.isEmpty()) {
            source.restored(states);
        }
    }

    /** Readers for what a source lists and is not being read yet, and for what it lists no more. */
    List<PartitionReader> discovered(SourceStep source, Discovery discovery) {
        List<PartitionReader> fresh = new ArrayList<>();
        Set<PartitionKey> listed = new HashSet<>();
        for (Partition partition : discovery.partitions()) {
            PartitionKey key = new PartitionKey(source.id(), partition.id());
            listed.add(key);
            // One without an end that ended all the same is gone, as a followed file is; listed, it is back.
            if (!reading.containsKey(key) && (!done.contains(key) || !partition.bounded())) {
                done.remove(key);
                fresh.add(reader(key, source, partition, false));
            }
        }
        for (Position position : List.copyOf(known.values())) {
            PartitionKey key = key(position);
            if (position.stepId().equals(source.id()) && !listed.contains(key) && !reading.containsKey(key)) {
                fresh.add(reader(key, source, position.partition(), true));
            }
        }
        return fresh;
    }

    private PartitionReader reader(PartitionKey key, SourceStep source, Partition partition, boolean vanished) {
        Optional<Known> from =
                Optional.ofNullable(known.get(key)).map(position -> new Known(position.state(), position.ended()));
        LaneQueue queue = lanes.computeIfAbsent(key, first -> queues.get(lanes.size() % queues.size()));
        PartitionReader reader = new PartitionReader(source, partition, from, vanished, queue);
        reading.put(key, reader);
        return reader;
    }

    /** All rows of a partition have been emitted. */
    void ended(PartitionReader reader, ResumeState last) {
        String stepId = reader.source().id();
        PartitionKey key = new PartitionKey(stepId, reader.partition().id());
        reading.remove(key);
        if (reader.vanished()) {
            known.remove(key);
            done.remove(key);
            return;
        }
        known.put(key, new Position(stepId, reader.partition(), last, true));
        done.add(key);
        if (reader.source().prunes()) {
            waitingForDurability.put(key, reader);
        }
    }

    /**
     * The positions of {@code epoch} are durable.
     *
     * @return readers of partitions that have ended, whose sources wait to hear that
     */
    List<PartitionReader> durable(SealedEpoch epoch) {
        List<PartitionReader> over = new ArrayList<>();
        for (Position position : epoch.positions()) {
            PartitionKey key = key(position);
            PartitionReader reader = reading.get(key);
            PartitionReader ended = position.ended() ? waitingForDurability.remove(key) : null;
            if (reader != null) {
                reader.durable(position.state());
            } else if (ended != null) {
                ended.durable(position.state());
                over.add(ended);
            }
        }
        return over;
    }

    /** Whether nothing is being read. */
    boolean allEnded() {
        return reading.isEmpty();
    }

    /** How many partitions there are. */
    int count() {
        return reading.size() + done.size();
    }

    private static PartitionKey key(Position position) {
        return new PartitionKey(position.stepId(), position.partition().id());
    }
}
