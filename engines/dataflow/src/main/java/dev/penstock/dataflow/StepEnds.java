package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the rows of each step come out, by the names that {@code from} may say. */
final class StepEnds {
    private static final String FROM = Sections.FROM.name();

    private final Planning planning;
    private final List<PlanNode> nodes;
    private final Map<String, String> ends = new LinkedHashMap<>();

    /** Ends among {@code nodes}, to which nodes for further outputs are added when somebody asks for them. */
    StepEnds(Planning planning, List<PlanNode> nodes) {
        this.planning = planning;
        this.nodes = nodes;
    }

    /** The rows of the step {@code name} come out of the node {@code id}. */
    void add(String name, String id) {
        ends.put(name, id);
    }

    /** The step {@code id} has further outputs. */
    void addOutputs(String id, List<String> outputs) {
        for (String output : outputs) {
            ends.put(id + "." + output, "");
        }
    }

    /** The nodes that the step at {@code path} takes from: those it names, or else {@code before}. */
    List<String> inputs(String path, Tree written, List<String> before) {
        Optional<Tree> from = written instanceof Tree.Mapping mapping ? mapping.find(FROM) : Optional.empty();
        if (from.isEmpty()) {
            return before;
        }
        List<String> inputs = new ArrayList<>();
        for (String name : names(path, from.get())) {
            Optional<String> id = find(name);
            id.ifPresentOrElse(
                    inputs::add,
                    () -> planning.error(
                            path + "." + FROM,
                            Problem.Code.UNKNOWN,
                            "no step before it is called '" + name + "'",
                            NearestName.hint(name, ends.keySet())));
        }
        return inputs;
    }

    private List<String> names(String path, Tree from) {
        Object texts = from.texts();
        List<?> names = texts instanceof List<?> list ? list : List.of(texts);
        if (names.isEmpty() || !names.stream().allMatch(String.class::isInstance)) {
            planning.error(path + "." + FROM, Problem.Code.WRONG_TYPE, "expected names of steps", "give one or a list");
            return List.of();
        }
        return names.stream().map(String::valueOf).toList();
    }

    private Optional<String> find(String name) {
        String id = ends.get(name);
        if (id != null && id.isEmpty()) {
            String step = name.substring(0, name.lastIndexOf('.'));
            List<String> outputs = ends.keySet().stream()
                    .filter(end -> end.startsWith(step + ".") && end.lastIndexOf('.') == step.length())
                    .toList();
            nodes.add(new PlanNode.OutputNode(name, step, outputs.indexOf(name) + 1));
            ends.put(name, name);
            return Optional.of(name);
        }
        return Optional.ofNullable(id);
    }
}
