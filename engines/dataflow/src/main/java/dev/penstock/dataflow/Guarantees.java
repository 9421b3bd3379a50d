package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.CheckpointSettings;
import dev.penstock.dataflow.plan.Guarantee;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.WriteMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a pipeline can promise: the least of what its parts can.
 *
 * @param guarantee what holds for every row
 * @param because which part decides, for people, without a full stop
 */
public record Guarantees(Guarantee guarantee, String because) {
    /** What {@code plan} can promise, and which of its parts decides. */
    public static Guarantees of(Plan plan) {
        return of(plan.nodes(), plan.checkpoint());
    }

    static Guarantees of(List<PlanNode> nodes, CheckpointSettings checkpoint) {
        List<Guarantees> parts = new ArrayList<>();
        nodes.stream()
                .filter(PlanNode.SourceNode.class::isInstance)
                .map(PlanNode.SourceNode.class::cast)
                .forEach(source -> ofSource(source).ifPresent(parts::add));
        if (checkpoint.state().isEmpty()) {
            parts.add(
                    new Guarantees(Guarantee.AT_LEAST_ONCE, "without checkpoints, reading starts over after a crash"));
        }
        nodes.stream()
                .filter(PlanNode.SinkNode.class::isInstance)
                .map(PlanNode.SinkNode.class::cast)
                .forEach(sink -> parts.add(ofSink(sink, nodes)));
        return parts.stream()
                .min(Comparator.comparing(Guarantees::guarantee))
                .orElse(new Guarantees(Guarantee.EXACTLY_ONCE, "nothing is written"));
    }

    private static Optional<Guarantees> ofSource(PlanNode.SourceNode source) {
        return can(source.connector(), Capability.REPLAYABLE)
                ? Optional.empty()
                : Optional.of(new Guarantees(
                        Guarantee.AT_MOST_ONCE, "source '" + source.id() + "' cannot read again what was lost"));
    }

    private static Guarantees ofSink(PlanNode.SinkNode sink, List<PlanNode> nodes) {
        String name = "sink '" + sink.id() + "'";
        Set<Capability> promised = sink.connector().capabilities(Role.SINK, sink.config());
        if (promised.contains(Capability.TRANSACTIONAL)) {
            return new Guarantees(Guarantee.EXACTLY_ONCE, name + " is transactional");
        }
        boolean upserts = sink.mode().kind() == WriteMode.Kind.UPSERT && promised.contains(Capability.UPSERT);
        Optional<String> uncertain = uncertain(sink, nodes);
        if (upserts && uncertain.isEmpty()) {
            return new Guarantees(
                    Guarantee.EXACTLY_ONCE, name + " upserts by key, and every step before it gives the same again");
        }
        if (!upserts && !promised.contains(Capability.AT_LEAST_ONCE)) {
            return new Guarantees(Guarantee.AT_MOST_ONCE, name + " does not say that what it took is durable");
        }
        String why = uncertain
                .filter(step -> upserts)
                .map(step -> name + " upserts, but step '" + step + "' may give other rows when it is run again")
                .orElse(name + " is not transactional");
        return new Guarantees(Guarantee.AT_LEAST_ONCE, why);
    }

    /** A step above {@code node} that may not give the same rows again, the nearest. */
    private static Optional<String> uncertain(PlanNode node, List<PlanNode> nodes) {
        Set<String> above = new LinkedHashSet<>(node.inputs());
        List<String> open = new ArrayList<>(above);
        for (int i = 0; i < open.size(); i++) {
            String id = open.get(i);
            for (PlanNode input : nodes) {
                if (input.id().equals(id)) {
                    if (!repeats(input)) {
                        return Optional.of(id);
                    }
                    input.inputs().stream().filter(above::add).forEach(open::add);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean repeats(PlanNode node) {
        if (node instanceof PlanNode.SourceNode source) {
            return can(source.connector(), Capability.REPLAYABLE);
        }
        if (node instanceof PlanNode.TransformNode transform) {
            return can(transform.connector(), Capability.DETERMINISTIC);
        }
        if (node instanceof PlanNode.FunctionNode function) {
            return function.function().deterministic();
        }
        return !(node instanceof PlanNode.KeyedNode keyed) || keyed.step().deterministic();
    }

    private static boolean can(Connector connector, Capability capability) {
        return connector.descriptor().can(capability);
    }

    /** For people: {@code exactly-once (sink 'lancedb' is transactional)}. */
    @Override
    public String toString() {
        return guarantee.text() + " (" + because + ")";
    }
}
