package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.PlanNode;
import java.util.List;

/** A graph in Mermaid's language. One use. */
final class MermaidChart {
    private static final String INDENT = "  ";

    private final Graph graph;
    private final StringBuilder chart = new StringBuilder("flowchart LR\n");
    private int groups;

    MermaidChart(Graph graph) {
        this.graph = graph;
    }

    String text() {
        parts(graph.parts(), INDENT);
        graph.steps().forEach(this::edges);
        graph.rejected().ifPresent(this::rejectedRows);
        return chart.toString();
    }

    private void parts(List<GraphPart> parts, String indent) {
        for (GraphPart part : parts) {
            if (part instanceof GraphPart.Group group) {
                line(indent, "subgraph g" + groups++ + "[\"" + escaped(group.name()) + "\"]");
                parts(group.parts(), indent + INDENT);
                line(indent, "end");
            } else {
                GraphStep step = (GraphStep) part;
                line(indent, name(step) + shape(step));
            }
        }
    }

    private static String shape(GraphStep step) {
        String label = "\"" + escaped(step.name()) + "<br/><small>" + escaped(step.description()) + "</small>\"";
        PlanNode node = step.node();
        if (node instanceof PlanNode.SourceNode) {
            return "([" + label + "])";
        }
        if (node instanceof PlanNode.KeyedNode) {
            return "[[" + label + "]]";
        }
        return node instanceof PlanNode.SinkNode ? "[(" + label + ")]" : "[" + label + "]";
    }

    private void edges(GraphStep step) {
        for (Graph.Origin origin : graph.origins(step)) {
            String arrow = origin.output()
                    .map(output -> " -- \"" + escaped(output) + "\" --> ")
                    .orElse(" --> ");
            line(INDENT, name(origin.step()) + arrow + name(step));
        }
    }

    private void rejectedRows(GraphStep target) {
        graph.steps().stream()
                .filter(step -> !graph.isForRejected(step))
                .forEach(step -> line(INDENT, name(step) + " -. rejected .-> " + name(target)));
    }

    private String name(GraphStep step) {
        return "n" + graph.steps().indexOf(step);
    }

    private static String escaped(String text) {
        return text.replace("#", "#35;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;");
    }

    private void line(String indent, String text) {
        chart.append(indent).append(text).append('\n');
    }
}
