package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.Connector;
import dev.penstock.spi.WriteMode;

/**
 * A step as it is drawn.
 *
 * @param node the step
 * @param name its id without those of the groups it is in
 */
record GraphStep(PlanNode node, String name) implements GraphPart {
    GraphStep {
        requireNonNull(node, "node");
        requireNonNull(name, "name");
    }

    /** What the step is, for people. */
    String description() {
        String text = kind().equals(does()) ? kind() : kind() + " " + does();
        return node instanceof PlanNode.SinkNode sink && sink.mode().kind() == WriteMode.Kind.UPSERT
                ? text + ", upsert by " + String.join(", ", sink.mode().key())
                : text;
    }

    /** Which kind of step it is. */
    String kind() {
        if (node instanceof PlanNode.SourceNode) {
            return "source";
        }
        if (node instanceof PlanNode.TransformNode) {
            return "transform";
        }
        if (node instanceof PlanNode.SinkNode) {
            return "sink";
        }
        if (node instanceof PlanNode.KeyedNode) {
            return "keyed";
        }
        return node instanceof PlanNode.SpreadNode ? "redistribute" : "function";
    }

    /** The name of its connector, or what its function does. */
    String does() {
        if (node instanceof PlanNode.SourceNode source) {
            return name(source.connector());
        }
        if (node instanceof PlanNode.TransformNode transform) {
            return name(transform.connector());
        }
        if (node instanceof PlanNode.SinkNode sink) {
            return name(sink.connector());
        }
        if (node instanceof PlanNode.KeyedNode keyed) {
            return keyed.step().kind();
        }
        return node instanceof PlanNode.FunctionNode function
                ? function.function().kind()
                : kind();
    }

    private static String name(Connector connector) {
        return connector.descriptor().name();
    }

    /** Whether {@link #does} names a connector. */
    boolean isConnector() {
        return node instanceof PlanNode.SourceNode
                || node instanceof PlanNode.TransformNode
                || node instanceof PlanNode.SinkNode;
    }
}
