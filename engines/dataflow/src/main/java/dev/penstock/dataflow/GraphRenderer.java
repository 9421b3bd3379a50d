package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws plans. Shows no settings beyond the mode of sinks, and so no secrets. */
public final class GraphRenderer {
    private GraphRenderer() {}

    /** A flow chart in Mermaid's language; steps that were built as one stand in a subgraph. */
    public static String mermaid(Plan plan) {
        return new MermaidChart(Graph.of(plan)).text();
    }

    /** A table of the steps with their inputs; steps that were built as one stand below its name. */
    public static String text(Plan plan) {
        return new GraphTable(Graph.of(plan)).text(plan.pipeline() + ": " + Guarantees.of(plan));
    }

    /** The steps and their inputs as JSON, for programs; steps that were built as one are the {@code steps} of it. */
    public static String json(Plan plan) {
        Map<String, Object> graph = new LinkedHashMap<>();
        graph.put("pipeline", plan.pipeline());
        graph.put("guarantee", plan.guarantee());
        graph.put("because", Guarantees.of(plan).because());
        graph.put("steps", parts(Graph.of(plan).parts(), plan));
        return JsonText.pretty(graph);
    }

    private static List<Map<String, Object>> parts(List<GraphPart> parts, Plan plan) {
        return parts.stream()
                .map(part -> part instanceof GraphPart.Group group ? group(group, plan) : step((GraphStep) part, plan))
                .toList();
    }

    private static Map<String, Object> group(GraphPart.Group group, Plan plan) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", group.id());
        map.put("kind", "group");
        map.put("steps", parts(group.parts(), plan));
        return map;
    }

    private static Map<String, Object> step(GraphStep step, Plan plan) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", step.node().id());
        map.put("kind", step.kind());
        map.put(step.isConnector() ? "connector" : "operator", step.does());
        map.put("inputs", step.node().inputs());
        List<String> outputs = plan.nodes(PlanNode.OutputNode.class).stream()
                .filter(output -> output.input().equals(step.node().id()))
                .map(PlanNode::id)
                .toList();
        if (!outputs.isEmpty()) {
            map.put("outputs", outputs);
        }
        return map;
    }
}
