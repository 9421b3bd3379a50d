package dev.penstock.cli;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.dataflow.plan.PlanNode.TransformNode;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step whose rows are to be seen, and how they get there.
 *
 * @param source where they come from
 * @param transforms what they go through, the last of which is the step itself
 * @param hidden the columns that steps behind it mask
 */
record PeekedStep(SourceNode source, List<TransformNode> transforms, Set<String> hidden) {
    private static final String MASK = "mask";
    private static final String DECODER = ".decode";

    PeekedStep {
        transforms = List.copyOf(transforms);
    }

    /**
     * The step named {@code stepId}, or else the only source of {@code plan}; a source is looked at decoded.
     *
     * @throws ConfigException if there is no such step, or its rows cannot be had without running the pipeline
     */
    static PeekedStep of(Plan plan, Optional<String> stepId) {
        Map<String, PlanNode> nodes = new LinkedHashMap<>();
        plan.nodes().forEach(node -> nodes.put(node.id(), node));
        PlanNode step = stepId.map(id -> named(nodes, id)).orElseGet(() -> onlySource(plan));
        PlanNode last = step instanceof SourceNode ? nodes.getOrDefault(step.id() + DECODER, step) : step;
        List<TransformNode> transforms = new ArrayList<>();
        PlanNode node = last;
        while (node instanceof TransformNode transform && transform.inputs().size() == 1) {
            transforms.add(0, transform);
            node = nodes.get(transform.inputs().get(0));
        }
        if (node instanceof SourceNode source) {
            return new PeekedStep(source, transforms, maskedBehind(plan, last.id()));
        }
        throw refuse(
                "Cannot show rows of step '" + step.id() + "': " + whyNot(node),
                "choose a source or one of the steps right behind it");
    }

    private static String whyNot(@Nullable PlanNode node) {
        if (node instanceof SinkNode) {
            return "it is a sink, which gives none";
        }
        return node instanceof TransformNode
                ? "rows of several steps are merged on their way to it"
                : "making them takes memory or functions of a program, for which the pipeline would have to run";
    }

    private static PlanNode named(Map<String, PlanNode> nodes, String id) {
        PlanNode node = nodes.get(id);
        if (node == null) {
            throw refuse(
                    "Cannot show rows of step '" + id + "': there is no such step",
                    NearestName.hint(id, nodes.keySet()));
        }
        return node;
    }

    private static SourceNode onlySource(Plan plan) {
        List<SourceNode> sources = plan.nodes(SourceNode.class);
        if (sources.size() != 1) {
            throw refuse(
                    "Cannot choose what to show: there are several sources",
                    "choose one with --step: "
                            + String.join(
                                    ", ", sources.stream().map(SourceNode::id).toList()));
        }
        return sources.get(0);
    }

    private static ConfigException refuse(String reason, String remedy) {
        return new ConfigException("", Problem.Code.UNSUPPORTED, reason, remedy);
    }

    /** The columns that steps mask to which rows of the step {@code id} go. */
    private static Set<String> maskedBehind(Plan plan, String id) {
        Set<String> behind = new LinkedHashSet<>(List.of(id));
        Set<String> masked = new LinkedHashSet<>();
        for (PlanNode node : plan.nodes()) {
            if (node.inputs().stream().anyMatch(behind::contains)) {
                behind.add(node.id());
                if (node instanceof TransformNode transform
                        && transform.connector().descriptor().name().equals(MASK)) {
                    masked.addAll(fields(transform));
                }
            }
        }
        return masked;
    }

    private static List<String> fields(TransformNode mask) {
        return mask.connector().descriptor().spec(Role.TRANSFORM).stream()
                .flatMap(spec -> spec.find("fields").stream())
                .flatMap(key -> mask.config().find(key).stream())
                .flatMap(value -> ((List<?>) value).stream())
                .map(String::valueOf)
                .toList();
    }

    /** The plan of nothing but this. */
    Plan cut(Plan plan) {
        List<PlanNode> nodes = new ArrayList<>(List.of(source));
        nodes.addAll(transforms);
        return plan.with(nodes);
    }

    /** The name of the step for people: of a decoder, that of its source. */
    String id() {
        boolean isSource = transforms.isEmpty()
                || (transforms.size() == 1 && transforms.get(0).id().equals(source.id() + DECODER));
        return isSource ? source.id() : transforms.get(transforms.size() - 1).id();
    }

    /** The id of the step in the plan. */
    String lastId() {
        return transforms.isEmpty()
                ? source.id()
                : transforms.get(transforms.size() - 1).id();
    }
}
