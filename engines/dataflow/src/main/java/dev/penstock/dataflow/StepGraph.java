package dev.penstock.dataflow;

import dev.penstock.dataflow.operator.Passing;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.config.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connects the steps of a pipeline file: each takes from the one before it, or from those it names. */
final class StepGraph {
    private final Planning planning;
    private final List<PlanNode> nodes = new ArrayList<>();
    private final StepEnds ends;
    /** By the node that a step's rows come out of, where the step is written. */
    private final Map<String, String> untaken = new LinkedHashMap<>();

    private List<String> tail = List.of();

    StepGraph(Planning planning) {
        this.planning = planning;
        this.ends = new StepEnds(planning, nodes);
    }

    /** The nodes of the steps, each by the path it is written at. */
    List<PlanNode> plan(Map<String, Tree> sources, Map<String, Tree> transforms, Map<String, Tree> sinks) {
        sources.forEach(this::source);
        transforms.forEach(this::transform);
        sinks.forEach((path, tree) -> new SinkSteps(planning).plan(path, tree, taken(path, tree), nodes));
        if (!planning.failed()) {
            untaken.values().forEach(this::refuseUntaken);
        }
        return nodes;
    }

    private void source(String path, Tree tree) {
        int first = nodes.size();
        new SourceSteps(planning).plan(path, tree, nodes).ifPresent(end -> {
            ends.add(nodes.get(first).id(), end);
            untaken.put(end, path);
            List<String> all = new ArrayList<>(tail);
            all.add(end);
            tail = all;
        });
    }

    private void transform(String path, Tree tree) {
        List<String> inputs = taken(path, tree);
        new TransformSteps(planning).plan(path, tree, inputs).ifPresent(node -> {
            nodes.add(node instanceof PlanNode.KeyedNode keyed ? merged(keyed) : node);
            ends.add(node.id(), node.id());
            untaken.put(node.id(), path);
            outputs(node);
            tail = List.of(node.id());
        });
    }

    /** Steps with memory do not merge what they take, so that is done before them. */
    private PlanNode merged(PlanNode.KeyedNode node) {
        if (node.inputs().size() == node.step().keyColumns().size()) {
            return node;
        }
        String id = node.id() + ".merge";
        nodes.add(new PlanNode.FunctionNode(id, node.inputs(), Passing.INSTANCE));
        return new PlanNode.KeyedNode(node.id(), List.of(id), node.step(), node.settings());
    }

    private void outputs(PlanNode node) {
        if (node instanceof PlanNode.KeyedNode keyed) {
            ends.addOutputs(node.id(), keyed.step().furtherOutputs());
        }
    }

    private List<String> taken(String path, Tree tree) {
        List<String> inputs = ends.inputs(path, tree, tail);
        inputs.forEach(untaken::remove);
        return inputs;
    }

    private void refuseUntaken(String path) {
        planning.error(
                path,
                Problem.Code.CONFLICT,
                "its rows go nowhere: no step takes from it",
                "name it in 'from' of a step behind it, or remove it");
    }
}
