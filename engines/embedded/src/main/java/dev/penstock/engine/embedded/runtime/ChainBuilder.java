package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.PlanNode.FunctionNode;
import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.dataflow.plan.PlanNode.TransformNode;
import dev.penstock.dataflow.transform.FindsColumns;
import dev.penstock.engine.embedded.runtime.Decoder.DecoderStep;
import dev.penstock.spi.Transform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the chains of workers and the decoders of reading threads. */
final class ChainBuilder {
    private final PlanGraph graph;
    private final Plan plan;
    private final KeyedStages stages;
    private final Surroundings surroundings;
    private final long generation;
    private final Closing closing;
    private final Map<String, TransformNode> decoders;

    ChainBuilder(PlanGraph graph, OpenSteps steps, Surroundings surroundings, long generation, Closing closing) {
        this.graph = graph;
        this.plan = steps.plan();
        this.stages = new KeyedStages(surroundings, steps.schemas(), closing);
        this.surroundings = surroundings;
        this.generation = generation;
        this.closing = closing;
        this.decoders = decoders(steps.plan());
    }

    PlanGraph graph() {
        return graph;
    }

    KeyedStages stages() {
        return stages;
    }

    /** By the id of a source, the decoder of its records that is the only one to take its rows. */
    private static Map<String, TransformNode> decoders(Plan plan) {
        Map<String, TransformNode> found = new HashMap<>();
        for (SourceNode source : plan.nodes(SourceNode.class)) {
            List<PlanNode> next = consumers(plan, source.id());
            if (next.size() == 1
                    && next.get(0) instanceof TransformNode transform
                    && transform.inputs().size() == 1
                    && transform.connector() instanceof FindsColumns decoder
                    && decoder.readsRecord(transform.config())) {
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

    /** The chain of one worker, made in {@code lane}. */
    Chain chain(LaneChain lane, LaneParts parts, Rejections rejections) {
        Map<String, List<Stage>> entries = new HashMap<>();
        Map<String, String> decoderIds = new HashMap<>();
        for (SourceNode source : plan.nodes(SourceNode.class)) {
            entries.put(source.id(), lane.outputs(source).get(0));
        }
        decoders.forEach((sourceId, node) -> decoderIds.put(sourceId, node.id()));
        return new Chain(entries, decoderIds, rejections, parts.current, lane.time());
    }

    /** The stage of a function. */
    Stage stage(FunctionNode node, FunctionContext context, List<List<Stage>> outputs) {
        BatchOperator operator = closing.add(node.function().create(context));
        return new FunctionStage(node.id(), operator, surroundings.counters().step(node.id()), outputs);
    }

    /** The stage of a transform, open. */
    Stage stage(TransformNode node, Rejections rejections, List<Stage> next) {
        if (decoders.containsValue(node)) {
            return rows -> TransformStage.handOn(rows, next);
        }
        Transform transform = open(node, closing.add(node.create()));
        Stage stage =
                new TransformStage(node.id(), transform, surroundings.counters().step(node.id()), rejections, next);
        return new KnownValuesStage(node.id(), transform::takesUnchanged, rejections, stage);
    }

    private Transform open(TransformNode node, Transform transform) {
        transform.open(new StepContext(surroundings, node.id(), generation));
        return transform;
    }
}
