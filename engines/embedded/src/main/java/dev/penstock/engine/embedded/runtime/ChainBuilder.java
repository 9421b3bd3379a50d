package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.dataflow.plan.PlanNode.TransformNode;
import dev.penstock.engine.embedded.runtime.Decoder.DecoderStep;
import dev.penstock.spi.Transform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Makes the chains of workers and the decoders of reading threads. */
final class ChainBuilder {
    private static final String DECODE = "decode";

    private final Plan plan;
    private final Surroundings surroundings;
    private final long generation;
    private final Closing closing;
    private final Map<String, TransformNode> decoders;

    ChainBuilder(Plan plan, Surroundings surroundings, long generation, Closing closing) {
        this.plan = plan;
        this.surroundings = surroundings;
        this.generation = generation;
        this.closing = closing;
        this.decoders = decoders(plan);
    }

    /** By the id of a source, the decoder that is the only one to take its rows. */
    private static Map<String, TransformNode> decoders(Plan plan) {
        Map<String, TransformNode> found = new HashMap<>();
        for (SourceNode source : plan.nodes(SourceNode.class)) {
            List<PlanNode> next = consumers(plan, source.id());
            if (next.size() == 1
                    && next.get(0) instanceof TransformNode transform
                    && transform.inputs().size() == 1
                    && transform.connector().descriptor().name().equals(DECODE)) {
                found.put(source.id(), transform);
            }
        }
        return found;
    }

    private static List<PlanNode> consumers(Plan plan, String id) {
        return plan.nodes().stream().filter(node -> node.inputs().contains(id)).toList();
    }

    /** A decoder for one more reading thread, which calls this and closes it. */
    Decoder decoder() {
        Map<String, DecoderStep> steps = new HashMap<>();
        decoders.forEach((sourceId, node) -> steps.put(
                sourceId,
                new DecoderStep(
                        open(node, node.create()), surroundings.counters().step(node.id()))));
        return new Decoder(steps);
    }

    /**
     * The chain of one worker.
     *
     * @param sinks makes the last stage of a branch
     */
    Chain chain(Rejections rejections, BiFunction<SinkNode, Rejections, Stage> sinks) {
        Map<String, Stage> stages = new HashMap<>();
        Map<String, List<Stage>> entries = new HashMap<>();
        Map<String, String> decoderIds = new HashMap<>();
        List<PlanNode> backwards = new ArrayList<>(plan.nodes());
        Collections.reverse(backwards);
        for (PlanNode node : backwards) {
            List<Stage> next = consumers(plan, node.id()).stream()
                    .map(after -> stages.get(after.id()))
                    .toList();
            if (node instanceof SinkNode sink) {
                stages.put(sink.id(), sinks.apply(sink, rejections));
            } else if (node instanceof TransformNode transform) {
                stages.put(transform.id(), stage(transform, rejections, next));
            } else {
                entries.put(node.id(), next);
            }
        }
        decoders.forEach((sourceId, node) -> {
            decoderIds.put(sourceId, node.id());
            Stage decoded = stages.get(node.id());
            entries.put(sourceId, List.of(decoded));
        });
        return new Chain(entries, decoderIds, rejections);
    }

    /** The stage of a transform, open. */
    Stage stage(TransformNode node, Rejections rejections, List<Stage> next) {
        if (decoders.containsValue(node)) {
            return rows -> TransformStage.handOn(rows, next);
        }
        Transform transform = open(node, closing.add(node.create()));
        return new TransformStage(node.id(), transform, surroundings.counters().step(node.id()), rejections, next);
    }

    private Transform open(TransformNode node, Transform transform) {
        transform.open(new StepContext(surroundings, node.id(), generation));
        return transform;
    }
}
