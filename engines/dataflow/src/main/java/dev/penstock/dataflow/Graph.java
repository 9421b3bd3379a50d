package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A plan as it is drawn: steps in groups, and from which output of which step each gets its rows. */
final class Graph {
    private final List<GraphPart> parts = new ArrayList<>();
    private final List<GraphStep> steps = new ArrayList<>();
    private final Map<String, PlanNode.OutputNode> outputs = new HashMap<>();
    private final Optional<ErrorPolicy.DeadLetter> deadLetters;

    private Graph(Plan plan) {
        deadLetters = plan.errors() instanceof ErrorPolicy.DeadLetter letters ? Optional.of(letters) : Optional.empty();
    }

    /** Where rows come from: an output of a step, the first if it has no name. */
    record Origin(GraphStep step, Optional<String> output) {}

    static Graph of(Plan plan) {
        Graph graph = new Graph(plan);
        List<PlanNode> nodes = graph.all(plan);
        Set<String> ids = nodes.stream().map(PlanNode::id).collect(Collectors.toSet());
        Map<String, GraphPart.Group> groups = new HashMap<>();
        for (PlanNode node : nodes) {
            if (node instanceof PlanNode.OutputNode output) {
                graph.outputs.put(node.id(), output);
            } else {
                graph.add(node, ids::contains, groups);
            }
        }
        return graph;
    }

    private void add(PlanNode node, Predicate<String> isStep, Map<String, GraphPart.Group> groups) {
        List<GraphPart> place = parts;
        String id = node.id();
        int begin = 0;
        for (int point = id.indexOf('.'); point >= 0; point = id.indexOf('.', point + 1)) {
            String outer = id.substring(0, point);
            if (isStep.test(outer)) {
                break;
            }
            GraphPart.Group group = groups.get(outer);
            if (group == null) {
                group = new GraphPart.Group(outer, id.substring(begin, point), new ArrayList<>());
                groups.put(outer, group);
                place.add(group);
            }
            place = group.parts();
            begin = point + 1;
        }
        GraphStep step = new GraphStep(node, id.substring(begin));
        place.add(step);
        steps.add(step);
    }

    /** Steps and groups, those of the outermost level. */
    List<GraphPart> parts() {
        return parts;
    }

    /** All steps, in the order of the plan; behind them those that rejected rows go through. */
    List<GraphStep> steps() {
        return steps;
    }

    /** Where the rows of {@code step} come from. */
    List<Origin> origins(GraphStep step) {
        return step.node().inputs().stream().map(this::origin).toList();
    }

    private Origin origin(String id) {
        PlanNode.OutputNode output = outputs.get(id);
        String from = output == null ? id : output.input();
        GraphStep step = steps.stream()
                .filter(each -> each.node().id().equals(from))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Cannot draw a plan: no step has the id '" + from + "'"));
        return new Origin(step, output == null ? Optional.empty() : Optional.of(id.substring(id.lastIndexOf('.') + 1)));
    }

    /** The step that rejected rows of all others go to. */
    Optional<GraphStep> rejected() {
        return deadLetters
                .map(letters -> letters.encoder().<PlanNode>map(node -> node).orElse(letters.sink()))
                .flatMap(node ->
                        steps.stream().filter(step -> step.node().equals(node)).findFirst());
    }

    /** Whether rejected rows go through {@code step}. */
    boolean isForRejected(GraphStep step) {
        return deadLetters
                .filter(letters -> step.node().id().equals(letters.sink().id())
                        || letters.encoder().filter(step.node()::equals).isPresent())
                .isPresent();
    }

    private List<PlanNode> all(Plan plan) {
        List<PlanNode> nodes = new ArrayList<>(plan.nodes());
        deadLetters.ifPresent(letters -> {
            letters.encoder().ifPresent(nodes::add);
            PlanNode.SinkNode sink = letters.sink();
            nodes.add(letters.encoder().map(encoder -> behind(encoder, sink)).orElse(sink));
        });
        return nodes;
    }

    private static PlanNode.SinkNode behind(PlanNode encoder, PlanNode.SinkNode sink) {
        return new PlanNode.SinkNode(
                sink.id(), List.of(encoder.id()), sink.connector(), sink.config(), sink.mode(), sink.commitInterval());
    }
}
