package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.PlanNode.KeyedNode;
import dev.penstock.dataflow.plan.PlanNode.OutputNode;
import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.dataflow.plan.PlanNode.SpreadNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who takes whose rows in a plan, with further outputs counted as outputs of their step. */
final class PlanGraph {
    private final Map<String, PlanNode> nodes = new LinkedHashMap<>();
    private final boolean parallel;

    /** @param parallel whether there are several workers, so that steps with memory have threads of their own */
    PlanGraph(Plan plan, boolean parallel) {
        plan.nodes().forEach(node -> nodes.put(node.id(), node));
        this.parallel = parallel;
    }

    /** An input of a step; those of a step that merges its inputs are all its input 0. */
    record Port(PlanNode node, int input) {}

    boolean parallel() {
        return parallel;
    }

    boolean isSpread(String id) {
        return nodes.get(id) instanceof SpreadNode;
    }

    /** Where {@code node} stands among the steps, inputs before those they feed. */
    int position(PlanNode node) {
        return List.copyOf(nodes.keySet()).indexOf(node.id());
    }

    /** The inputs that take the rows of each output of {@code node}, as far as any output is taken. */
    List<List<Port>> outputs(PlanNode node) {
        List<List<Port>> outputs = new ArrayList<>();
        outputs.add(consumers(node.id()));
        for (PlanNode other : nodes.values()) {
            if (other instanceof OutputNode output && output.input().equals(node.id())) {
                while (outputs.size() <= output.output()) {
                    outputs.add(new ArrayList<>());
                }
                outputs.get(output.output()).addAll(consumers(output.id()));
            }
        }
        return outputs;
    }

    /** The inputs that take the rows of {@code id}; without other workers to spread rows over, spreading is no step. */
    private List<Port> consumers(String id) {
        List<Port> ports = new ArrayList<>();
        for (PlanNode node : nodes.values()) {
            if (!node.inputs().contains(id) || node instanceof OutputNode) {
                continue;
            }
            if (node instanceof KeyedNode) {
                for (int input = 0; input < node.inputs().size(); input++) {
                    if (node.inputs().get(input).equals(id)) {
                        ports.add(new Port(node, input));
                    }
                }
            } else if (node instanceof SpreadNode && !parallel) {
                ports.addAll(consumers(node.id()));
            } else {
                ports.add(new Port(node, 0));
            }
        }
        return ports;
    }

    /** Those that tell how far time has come in what comes out of {@code id}: sources and steps in other threads. */
    Set<String> origins(String id) {
        PlanNode node = nodes.get(id);
        Set<String> found = new LinkedHashSet<>();
        if (node instanceof OutputNode output) {
            found.addAll(origins(output.input()));
        } else if (node instanceof SourceNode
                || node instanceof KeyedNode
                || (node instanceof SpreadNode && parallel)) {
            found.add(id);
        } else if (node != null) {
            node.inputs().forEach(input -> found.addAll(origins(input)));
        }
        return found;
    }

    /** The steps that rows of {@code entry} come to without changing threads, its own inputs excepted. */
    Set<Port> reached(PlanNode entry) {
        Set<Port> reached = new LinkedHashSet<>();
        reach(entry, reached);
        return reached;
    }

    private void reach(PlanNode node, Set<Port> reached) {
        for (List<Port> output : outputs(node)) {
            for (Port port : output) {
                if (reached.add(port) && !changesThread(port.node())) {
                    reach(port.node(), reached);
                }
            }
        }
    }

    /** Whether rows leave their thread before this step, if it has one of its own. */
    private boolean changesThread(PlanNode node) {
        return parallel && (node instanceof KeyedNode || node instanceof SpreadNode);
    }
}
