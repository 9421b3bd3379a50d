package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.plan.Guarantee;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlannerTest {
    private static final Path BASE = Path.of("/pipelines");

    private static Plan plan(String yaml) {
        PipelineFile file = PipelineFile.parse("pipeline.yaml", BASE, yaml, Map.of(), List.of());
        return new Planner(TestConnector.CATALOG).plan(file).orThrow();
    }

    @Test
    void plansALineOfSteps() {
        Plan plan = plan("""
                pipeline: docs-search
                source: { connector: store, path: ./docs }
                transforms:
                  - chunk: { field: text }
                  - filter: "size(text) > 3"
                    name: long-ones
                  - filter: "true"
                sinks:
                  - connector: table
                    uri: ./docs.lancedb
                    mode: upsert
                    key: [chunk_id]
                """);
        assertThat(plan.nodes()).extracting(PlanNode::id).containsExactly("store", "chunk", "long-ones", "filter", "table");
        assertThat(plan.nodes())
                .extracting(PlanNode::inputs)
                .containsExactly(
                        List.of(), List.of("store"), List.of("chunk"), List.of("long-ones"), List.of("filter"));
        assertThat(plan.guarantee()).isEqualTo(Guarantee.AT_LEAST_ONCE);
        assertThat(plan.checkpoint().state()).contains(BASE.resolve(".penstock/docs-search"));
    }

    @Test
    void putsDecoderFilterAndEncoderBetween() {
        Plan plan = plan("""
                pipeline: copy
                source: { connector: store, path: in, format: { type: csv, delimiter: ";" }, columns: { id: int64 } }
                sink: { connector: store, path: out, format: ndjson, when: "id > 1" }
                """);
        assertThat(plan.nodes())
                .extracting(PlanNode::id)
                .containsExactly("store", "store.decode", "store-2.when", "store-2.encode", "store-2");
        PlanNode.SourceNode source = plan.nodes(PlanNode.SourceNode.class).get(0);
        assertThat(source.config().get(TestConnector.FRAMING)).isEqualTo(TestConnector.Framing.CSV);
    }
}
