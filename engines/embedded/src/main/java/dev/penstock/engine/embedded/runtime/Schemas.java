package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.dataflow.plan.PlanNode.TransformNode;
import dev.penstock.spi.Source;
import dev.penstock.spi.Transform;
import dev.penstock.spi.data.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which columns come out of each step; for a sink, which go in. */
final class Schemas {
    private Schemas() {}

    static Map<String, Schema> of(Plan plan, Map<String, Source> opened) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        for (PlanNode node : plan.nodes()) {
            if (node instanceof SourceNode) {
                schemas.put(node.id(), opened.get(node.id()).schema());
            } else if (node instanceof TransformNode transformNode) {
                try (Transform transform = transformNode.create()) {
                    schemas.put(node.id(), transform.output(input(schemas, node)));
                }
            } else {
                schemas.put(node.id(), input(schemas, node));
            }
        }
        return schemas;
    }

    private static Schema input(Map<String, Schema> schemas, PlanNode node) {
        return schemas.get(node.inputs().get(0));
    }
}
