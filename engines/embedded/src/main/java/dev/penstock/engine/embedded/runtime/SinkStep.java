package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Routing;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sink of the plan, open. Its methods are called by one thread at a time, as the contract of {@link Sink} asks. */
final class SinkStep {
    private static final Logger LOG = LoggerFactory.getLogger(SinkStep.class);

    private final SinkNode node;
    private final Sink sink;
    private final String sinkId;

    SinkStep(String pipeline, SinkNode node, Sink sink) {
        this.node = node;
        this.sink = sink;
        this.sinkId = pipeline + "/" + node.id();
    }

    SinkNode node() {
        return node;
    }

    /** As in {@link WriterSlot}. */
    String sinkId() {
        return sinkId;
    }

    boolean transactional() {
        return node.connector().capabilities(Role.SINK, node.config()).contains(Capability.TRANSACTIONAL);
    }

    synchronized Routing routing() {
        return sink.routing();
    }

    /** What stands against writing rows of {@code schema}; nothing if they can be written. */
    synchronized List<Problem> plan(Schema schema) {
        SinkPlan plan = sink.plan(schema, node.mode());
        if (plan instanceof SinkPlan.Reject reject) {
            return reject.problems().stream()
                    .map(problem -> problem.at(node.id()))
                    .toList();
        }
        if (plan instanceof SinkPlan.Evolve evolve) {
            evolve.changes().forEach(change -> LOG.info("Sink '{}' changes its target: {}", node.id(), change));
        }
        return List.of();
    }

    synchronized void provision() {
        sink.provision();
    }

    /** Makes the target fit rows whose columns have changed on the way (SA-08). */
    synchronized void replan(Schema schema) {
        List<Problem> problems = plan(schema);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        provision();
    }

    synchronized SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        return sink.writer(slot, restored);
    }

    synchronized SinkCommitter committer(String runId) {
        return sink.committer(sinkId, runId);
    }
}
