package dev.penstock.dataflow;

import java.util.ArrayList;
import java.util.List;

/** A graph as a table for people. One use. */
final class GraphTable {
    private static final String INDENT = "  ";

    private final Graph graph;
    private final List<List<String>> rows = new ArrayList<>();

    GraphTable(Graph graph) {
        this.graph = graph;
    }

    String text(String title) {
        parts(graph.parts(), "");
        StringBuilder text = new StringBuilder(title).append('\n');
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(INDENT);
            for (int column = 0; column < row.size(); column++) {
                line.append(padded(row.get(column), width(column)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private void parts(List<GraphPart> parts, String indent) {
        for (GraphPart part : parts) {
            if (part instanceof GraphPart.Group group) {
                rows.add(List.of(indent + group.name(), "", ""));
                parts(group.parts(), indent + INDENT);
            } else {
                GraphStep step = (GraphStep) part;
                rows.add(List.of(indent + step.name(), step.description(), from(step)));
            }
        }
    }

    private String from(GraphStep step) {
        if (!step.node().inputs().isEmpty()) {
            return "<- " + String.join(", ", step.node().inputs());
        }
        return graph.rejected().filter(step::equals).isPresent() ? "<- rejected rows" : "";
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0) + INDENT.length();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
