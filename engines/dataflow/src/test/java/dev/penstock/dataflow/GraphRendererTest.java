package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.plan.Plan;
import org.junit.jupiter.api.Test;

final class GraphRendererTest {
    private static final Plan PLAN = Pipelines.plan("""
            pipeline: docs-search
            source: { connector: store, path: ./docs, format: ndjson, password: hunter2 }
            transforms: [{ chunk: { field: text } }]
            sinks:
              - { connector: table, uri: ./docs.lancedb, mode: upsert, key: [path, id] }
              - { connector: vault, when: "true", password: hunter2 }
            errors: { policy: dead-letter, sink: { connector: store, path: dead, format: json } }
            """);

    @Test
    void listsStepsWithTheirInputs() {
        assertThat(GraphRenderer.text(PLAN)).isEqualTo("""
                docs-search: at-least-once (sink 'table' upserts, but step 'chunk' may give other rows when it is run again)
                  store          source store
                  store.decode   transform decode                <- store
                  chunk          transform chunk                 <- store.decode
                  table          sink table, upsert by path, id  <- chunk
                  vault.when     transform filter                <- chunk
                  vault          sink vault                      <- vault.when
                  errors.encode  transform encode                <- rejected rows
                  errors         sink store                      <- errors.encode
                """);
    }

    @Test
    void drawsMermaid() {
        assertThat(GraphRenderer.mermaid(PLAN)).isEqualTo("""
                flowchart LR
                  n0(["store<br/><small>source store</small>"])
                  n1["store.decode<br/><small>transform decode</small>"]
                  n2["chunk<br/><small>transform chunk</small>"]
                  n3[("table<br/><small>sink table, upsert by path, id</small>")]
                  n4["vault.when<br/><small>transform filter</small>"]
                  n5[("vault<br/><small>sink vault</small>")]
                  n6["errors.encode<br/><small>transform encode</small>"]
                  n7[("errors<br/><small>sink store</small>")]
                  n0 --> n1
                  n1 --> n2
                  n2 --> n3
                  n2 --> n4
                  n4 --> n5
                  n6 --> n7
                  n0 -. rejected .-> n6
                  n1 -. rejected .-> n6
                  n2 -. rejected .-> n6
                  n3 -. rejected .-> n6
                  n4 -. rejected .-> n6
                  n5 -. rejected .-> n6
                """);
    }

    @Test
    void writesJsonForPrograms() {
        assertThat(GraphRenderer.json(PLAN))
                .contains(
                        "{\"id\":\"chunk\",\"kind\":\"transform\",\"connector\":\"chunk\",\"inputs\":[\"store.decode\"]}")
                .contains("\"guarantee\": \"at-least-once\"")
                .doesNotContain("hunter2");
    }
}
