package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.Connector;
import dev.penstock.spi.WriteMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws plans. Shows no settings beyond the mode of sinks, and so no secrets. */
public final class GraphRenderer {
    private GraphRenderer() {}

    /** A flow chart in Mermaid's language. */
    public static String mermaid(Plan plan) {
        StringBuilder chart = new StringBuilder("flowchart LR\n");
        List<PlanNode> nodes = all(plan);
        for (int i = 0; i < nodes.size(); i++) {
            chart.append("  n").append(i).append(shape(nodes.get(i))).append('\n');
        }
        for (int i = 0; i < nodes.size(); i++) {
            for (String input : nodes.get(i).inputs()) {
                chart.append("  n")
                        .append(indexOf(nodes, input))
                        .append(" --> n")
                        .append(i)
                        .append('\n');
            }
        }
        deadLetters(plan).ifPresent(letters -> {
            int sink =
                    nodes.indexOf(letters.encoder().<PlanNode>map(node -> node).orElse(letters.sink()));
            for (int i = 0; i < plan.nodes().size(); i++) {
                chart.append("  n")
                        .append(i)
                        .append(" -. rejected .-> n")
                        .append(sink)
                        .append('\n');
            }
        });
        return chart.toString();
    }

    private static int indexOf(List<PlanNode> nodes, String id) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException("Cannot draw a plan: no step has the id '" + id + "'");
    }

    private static String shape(PlanNode node) {
        String label = "\"" + node.id() + "<br/><small>" + describe(node) + "</small>\"";
        if (node instanceof PlanNode.TransformNode) {
            return "[" + label + "]";
        }
        return node instanceof PlanNode.SourceNode ? "([" + label + "])" : "[(" + label + ")]";
    }

    /** A table of the steps with their inputs. */
    public static String text(Plan plan) {
        List<List<String>> rows = new ArrayList<>();
        for (PlanNode node : all(plan)) {
            rows.add(List.of(node.id(), describe(node), from(plan, node)));
        }
        StringBuilder text = new StringBuilder(plan.pipeline() + ": " + Guarantees.of(plan) + "\n");
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int column = 0; column < row.size(); column++) {
                line.append(padded(row.get(column), width(rows, column)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0) + 2;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String from(Plan plan, PlanNode node) {
        if (!node.inputs().isEmpty()) {
            return "<- " + String.join(", ", node.inputs());
        }
        boolean first = deadLetters(plan)
                .map(letters ->
                        letters.encoder().<PlanNode>map(encoder -> encoder).orElse(letters.sink()))
                .filter(node::equals)
                .isPresent();
        return first ? "<- rejected rows" : "";
    }

    /** The steps and their inputs as JSON, for programs. */
    public static String json(Plan plan) {
        Map<String, Object> graph = new LinkedHashMap<>();
        graph.put("pipeline", plan.pipeline());
        graph.put("guarantee", plan.guarantee());
        graph.put("because", Guarantees.of(plan).because());
        graph.put("steps", all(plan).stream().map(GraphRenderer::step).toList());
        return JsonText.pretty(graph);
    }

    private static Map<String, Object> step(PlanNode node) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("id", node.id());
        step.put("kind", kind(node));
        step.put("connector", connector(node).descriptor().name());
        step.put("inputs", node.inputs());
        return step;
    }

    private static String describe(PlanNode node) {
        String text = kind(node) + " " + connector(node).descriptor().name();
        return node instanceof PlanNode.SinkNode sink && sink.mode().kind() == WriteMode.Kind.UPSERT
                ? text + ", upsert by " + String.join(", ", sink.mode().key())
                : text;
    }

    private static String kind(PlanNode node) {
        if (node instanceof PlanNode.SourceNode) {
            return "source";
        }
        return node instanceof PlanNode.TransformNode ? "transform" : "sink";
    }

    private static Connector connector(PlanNode node) {
        if (node instanceof PlanNode.SourceNode source) {
            return source.connector();
        }
        return node instanceof PlanNode.TransformNode transform
                ? transform.connector()
                : ((PlanNode.SinkNode) node).connector();
    }

    /** The steps of the plan and, behind them, those that rejected rows go through. */
    private static List<PlanNode> all(Plan plan) {
        List<PlanNode> nodes = new ArrayList<>(plan.nodes());
        deadLetters(plan).ifPresent(letters -> {
            letters.encoder().ifPresent(nodes::add);
            PlanNode.SinkNode sink = letters.sink();
            nodes.add(letters.encoder()
                    .map(encoder -> new PlanNode.SinkNode(
                            sink.id(),
                            List.of(encoder.id()),
                            sink.connector(),
                            sink.config(),
                            sink.mode(),
                            sink.commitInterval()))
                    .orElse(sink));
        });
        return nodes;
    }

    private static Optional<ErrorPolicy.DeadLetter> deadLetters(Plan plan) {
        return plan.errors() instanceof ErrorPolicy.DeadLetter letters ? Optional.of(letters) : Optional.empty();
    }
}
