package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A source of the plan, open. Its methods are called by one thread at a time, as the contract of {@link Source} asks.
 */
final class SourceStep {
    private final SourceNode node;
    private final Source source;

    SourceStep(SourceNode node, Source source) {
        this.node = node;
        this.source = source;
    }

    String id() {
        return node.id();
    }

    SourceNode node() {
        return node;
    }

    /** Whether upstream waits for {@link SourcePartition#stateDurable} before it lets go of anything. */
    boolean prunes() {
        return node.connector().descriptor().can(Capability.PRUNES_ON_ACK);
    }

    synchronized void restored(Map<String, ResumeState> known) {
        source.restored(known);
    }

    synchronized Discovery discover(Duration maxWait) {
        return source.discover(maxWait);
    }

    synchronized SourcePartition partition(Partition partition, Optional<ResumeState> from) {
        return source.partition(partition, from);
    }
}
