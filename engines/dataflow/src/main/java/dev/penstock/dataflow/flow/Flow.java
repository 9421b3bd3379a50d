package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.plan.PlanNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A pipeline written in Java. Streams begin with {@code read}, go through steps, and end with {@code to}; the engine
 * then runs what {@code plan} gives.
 *
 * <p>Not thread safe; a flow is built by one thread and then run.
 */
public final class Flow {
    private final String name;
    private final List<PlanNode> nodes = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private String scope = "";

    private Flow(String name) {
        this.name = name;
    }

    /** An empty flow; its state is found by {@code name}. */
    public static Flow named(String name) {
        return new Flow(requireNonNull(name, "name"));
    }

    /** The name. */
    public String name() {
        return name;
    }

    /**
     * Builds several steps as parts of one: their ids begin with {@code step} and a point, and {@code penstock graph}
     * draws them inside it. This is how a plain Java function becomes an operator of its own.
     */
    public <R> R scope(String step, Supplier<R> parts) {
        String outer = scope;
        scope = claim(step) + ".";
        try {
            return parts.get();
        } finally {
            scope = outer;
        }
    }

    /**
     * Takes the name of a step in the scope at hand and gives its full id.
     *
     * @throws IllegalArgumentException if it is taken, or not a name
     */
    String claim(String step) {
        requireNonNull(step, "step");
        if (step.isEmpty() || step.indexOf('.') >= 0) {
            throw new IllegalArgumentException("Cannot name a step '" + step
                    + "': a name has at least one character and no point, which divides the names of nested steps");
        }
        String id = scope + step;
        if (!ids.add(id)) {
            throw new IllegalArgumentException(
                    "Cannot add step '" + id + "': flow '" + name + "' has one of that name; give each its own");
        }
        return id;
    }

    /** Adds a node whose id was claimed, or made of one that was. */
    void add(PlanNode node) {
        nodes.add(node);
    }

    /** The nodes so far, inputs before those they feed. */
    List<PlanNode> nodes() {
        return List.copyOf(nodes);
    }

    /**
     * Adds a step with memory and gives its id. Its step reads from {@code inputs}, all of the columns
     * {@link Items#KEYED}, and gives rows of them.
     */
    String keyed(String step, List<? extends KeyedStream<?, ?>> inputs, Function<String, KeyedStep<?>> made) {
        String id = claim(step);
        add(new PlanNode.KeyedNode(id, inputs.stream().map(KeyedStream::nodeId).toList(), made.apply(id)));
        return id;
    }

    /** Adds a node for a further output of the step {@code id}, and gives the id of the node. */
    String output(String id, String outputName, int output) {
        String node = id + "." + outputName;
        add(new PlanNode.OutputNode(node, id, output));
        return node;
    }
}
