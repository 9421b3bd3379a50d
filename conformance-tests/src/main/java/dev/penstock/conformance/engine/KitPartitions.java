package dev.penstock.conformance.engine;

import dev.penstock.conformance.engine.KitState.Position;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The partitions of a life. Belongs to the thread of the life, but for the partitions themselves, which workers take
 * while an epoch runs.
 */
final class KitPartitions implements AutoCloseable {
    private static final Duration DISCOVERY_WAIT = Duration.ofSeconds(5);
    private static final long DISCOVERY_NANOS = Duration.ofMillis(200).toNanos();

    private final Source source;
    private final Map<String, Position> restored;
    private final Map<String, KitPartition> partitions = new LinkedHashMap<>();
    private boolean complete;
    private long discovered;

    KitPartitions(Source source, Map<String, Position> restored) {
        this.source = source;
        this.restored = restored;
    }

    /** Looks for new partitions, at the start and from time to time. */
    void discover() {
        long now = System.nanoTime();
        if (complete || (discovered != 0 && now - discovered < DISCOVERY_NANOS)) {
            return;
        }
        Discovery found = source.discover(DISCOVERY_WAIT);
        discovered = now;
        complete = found.complete();
        Map<String, Partition> listed = new LinkedHashMap<>();
        found.partitions().forEach(partition -> listed.put(partition.id(), partition));
        listed.values().forEach(partition -> open(partition, false));
        restored.values().stream()
                .map(Position::partition)
                .filter(partition -> !listed.containsKey(partition.id()))
                .forEach(partition -> open(partition, true));
        partitions.values().stream()
                .filter(partition -> !listed.containsKey(partition.id()))
                .forEach(KitPartition::unlisted);
    }

    private synchronized void open(Partition partition, boolean unlisted) {
        if (!partitions.containsKey(partition.id())) {
            Optional<Position> known = Optional.ofNullable(restored.get(partition.id()));
            KitPartition made = new KitPartition(source, partition, known.map(Position::after));
            partitions.put(partition.id(), made);
            if (unlisted) {
                made.unlisted();
            }
        }
    }

    /** The partitions of worker {@code worker} of {@code count}. */
    List<KitPartition> of(int worker, int count) {
        List<KitPartition> dealt = new ArrayList<>();
        int index = 0;
        for (KitPartition partition : partitions.values()) {
            if (index++ % count == worker) {
                dealt.add(partition);
            }
        }
        return dealt;
    }

    /** Whether nothing more will ever come. */
    boolean ended() {
        return complete && partitions.values().stream().allMatch(KitPartition::ended);
    }

    /** Where everything that was written ends. A partition that was taken away and is read to its end has no place. */
    Map<String, Position> positions() {
        Map<String, Position> positions = new HashMap<>();
        for (KitPartition partition : partitions.values()) {
            partition.position().ifPresent(position -> positions.put(partition.id(), position));
        }
        return positions;
    }

    /** Everything so far is safe. */
    void durable() {
        partitions.values().forEach(KitPartition::durable);
    }

    /** Has polls that wait return; any thread. */
    synchronized void wakeup() {
        partitions.values().forEach(KitPartition::wakeup);
    }

    @Override
    public void close() {
        Closing.all(partitions.values());
    }
}
