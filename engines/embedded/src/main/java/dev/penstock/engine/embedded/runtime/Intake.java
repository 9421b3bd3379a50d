package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.ResumeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds partitions and has them read. Confined to the coordinating thread. */
final class Intake {
    private static final Duration DISCOVERY_WAIT = Duration.ofSeconds(30);

    private final OpenSteps steps;
    private final Partitions partitions;
    private final List<LaneQueue> queues;
    private final ReaderPool pool;
    private final Counters counters;
    private final boolean timed;
    private final Set<SourceStep> incomplete = new HashSet<>();
    private boolean closed;

    /** @param timed whether workers have to know of all partitions before they see rows of any */
    Intake(
            OpenSteps steps,
            Partitions partitions,
            List<LaneQueue> queues,
            ReaderPool pool,
            Counters counters,
            boolean timed) {
        this.steps = steps;
        this.partitions = partitions;
        this.queues = queues;
        this.pool = pool;
        this.counters = counters;
        this.timed = timed;
    }

    /** Finds the partitions that are there at the start, and has somebody look for more if there may be. */
    void start(Threads threads, Mailbox mailbox, Closing closing) {
        Map<SourceStep, Discovery> found = new LinkedHashMap<>();
        for (SourceStep source : steps.sources()) {
            partitions.restore(source);
            Discovery discovery = source.discover(DISCOVERY_WAIT);
            if (!discovery.complete()) {
                incomplete.add(source);
            }
            if (timed) {
                found.put(source, discovery);
            } else {
                read(partitions.discovered(source, discovery));
            }
        }
        startTimed(found);
        if (!incomplete.isEmpty()) {
            RuntimeSettings runtime = steps.plan().runtime();
            Discoverer discoverer = new Discoverer(
                    List.copyOf(incomplete),
                    runtime.discoveryInterval(),
                    runtime.maxRestarts(),
                    (source, later) -> mailbox.post(() -> discovered(source, later)));
            closing.add(discoverer::stop);
            threads.start("discover", discoverer::run);
        }
    }

    /** If one were read before another is known of, time might go past the first rows of the other. */
    private void startTimed(Map<SourceStep, Discovery> found) {
        List<PartitionReader> readers = new ArrayList<>();
        found.forEach((source, discovery) -> readers.addAll(partitions.discovered(source, discovery)));
        begin(readers);
        queues.forEach(queue -> queue.put(new Item.Begun(), 0));
        pool.add(readers);
        counters.partitions.set(partitions.count());
    }

    private void discovered(SourceStep source, Discovery discovery) {
        if (discovery.complete()) {
            incomplete.remove(source);
        }
        if (!closed) {
            read(partitions.discovered(source, discovery));
        }
    }

    private void read(List<PartitionReader> readers) {
        begin(readers);
        pool.add(readers);
        counters.partitions.set(partitions.count());
    }

    private void begin(List<PartitionReader> readers) {
        if (timed) {
            readers.stream()
                    .collect(Collectors.groupingBy(PartitionReader::queue))
                    .forEach((queue, its) -> queue.put(new Item.Begin(its), 0));
        }
    }

    /** No further partition is read. */
    void close() {
        closed = true;
    }

    /** Whether all rows there will ever be have been emitted. */
    boolean isComplete() {
        return incomplete.isEmpty() && partitions.allEnded();
    }

    /** All rows of a partition have been emitted. */
    void ended(PartitionReader reader, ResumeState last) {
        partitions.ended(reader, last);
    }

    /** The positions of {@code epoch} are durable. */
    void durable(SealedEpoch epoch) {
        pool.wake(partitions.durable(epoch));
    }
}
