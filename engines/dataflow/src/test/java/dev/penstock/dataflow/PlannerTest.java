package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.spi.WriteMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlannerTest {
    private static final String COPY = """
            pipeline: copy
            source: { connector: store, path: in }
            sink: { connector: store, path: out }
            """;

    private static List<String> ids(Plan plan) {
        return plan.nodes().stream().map(PlanNode::id).toList();
    }

    private static List<List<String>> inputs(Plan plan) {
        return plan.nodes().stream().map(PlanNode::inputs).toList();
    }

    @Test
    void plansALineOfSteps() {
        Plan plan = Pipelines.plan("""
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
                    delete-by: [path]
                """);
        assertThat(ids(plan)).containsExactly("store", "chunk", "long-ones", "filter", "table");
        assertThat(inputs(plan))
                .containsExactly(
                        List.of(), List.of("store"), List.of("chunk"), List.of("long-ones"), List.of("filter"));
        assertThat(plan.nodes(PlanNode.SinkNode.class).get(0).mode())
                .isEqualTo(new WriteMode(WriteMode.Kind.UPSERT, List.of("chunk_id"), List.of("path")));
    }

    @Test
    void keepsStateBesideTheFileUnlessToldOtherwise() {
        assertThat(Pipelines.plan(COPY).checkpoint().state()).contains(Pipelines.BASE.resolve(".penstock/copy"));
        Plan elsewhere = Pipelines.plan(COPY + "checkpoint: { interval: 250ms, state: ../state }");
        assertThat(elsewhere.checkpoint().state()).contains(Pipelines.BASE.resolveSibling("state"));
        assertThat(elsewhere.checkpoint().interval()).isEqualTo(Duration.ofMillis(250));
        assertThat(Pipelines.plan(COPY + "checkpoint: none").checkpoint().state())
                .isEmpty();
    }

    @Test
    void readsRuntimeSettings() {
        assertThat(Pipelines.plan(COPY).runtime()).isEqualTo(RuntimeSettings.DEFAULT);
        assertThat(Pipelines.plan(COPY + """
                runtime:
                  workers: 2
                  batch-rows: 10
                  batch-bytes: 64KiB
                  queue-bytes: 1MiB
                  discovery-interval: 1s
                  max-restarts: 0
                  state-memory: 3MiB
                """).runtime())
                .isEqualTo(new RuntimeSettings(2, 10, 65_536, 1 << 20, Duration.ofSeconds(1), 0, 3 << 20));
    }

    @Test
    void putsDecoderFilterAndEncoderBetween() {
        Plan plan = Pipelines.plan("""
                pipeline: copy
                source: { connector: store, path: in, format: { type: csv, delimiter: ";" }, columns: { id: int64 } }
                sink: { connector: store, path: out, format: ndjson, when: "id > 1" }
                """);
        assertThat(ids(plan)).containsExactly("store", "store.decode", "store-2.when", "store-2.encode", "store-2");
        assertThat(inputs(plan))
                .containsExactly(
                        List.of(),
                        List.of("store"),
                        List.of("store.decode"),
                        List.of("store-2.when"),
                        List.of("store-2.encode"));
        PlanNode.SourceNode source = plan.nodes(PlanNode.SourceNode.class).get(0);
        assertThat(source.config().get(TestConnector.FRAMING)).isEqualTo(TestConnector.Framing.CSV);
    }

    @Test
    void decodesNoDocuments() {
        Plan plan = Pipelines.plan("""
                pipeline: docs
                source: { connector: store, path: in, format: document }
                sink: { connector: fire }
                """);
        assertThat(ids(plan)).containsExactly("store", "fire");
        assertThat(plan.nodes(PlanNode.SourceNode.class).get(0).config().get(TestConnector.FRAMING))
                .isEqualTo(TestConnector.Framing.DOCUMENT);
    }

    @Test
    void leavesAFramingThatIsGiven() {
        Plan plan = Pipelines.plan("""
                pipeline: docs
                source: { connector: store, path: in, format: json, framing: lines }
                sink: { connector: fire }
                """);
        assertThat(plan.nodes(PlanNode.SourceNode.class).get(0).config().get(TestConnector.FRAMING))
                .isEqualTo(TestConnector.Framing.LINES);
    }

    @Test
    void mergesSourcesAndBranchesIntoSinks() {
        Plan plan = Pipelines.plan("""
                pipeline: wide
                sources:
                  - { connector: store, path: a }
                  - { connector: store, path: b, name: second }
                transforms:
                sinks:
                  - { connector: fire }
                  - { connector: fire, when: "true" }
                """);
        assertThat(ids(plan)).containsExactly("store", "second", "fire", "fire-2.when", "fire-2");
        assertThat(inputs(plan).get(2)).containsExactly("store", "second");
        assertThat(inputs(plan).get(3)).containsExactly("store", "second");
    }

    @Test
    void keepsIdsOfStepsWhenOthersGetNames() {
        Plan plan = Pipelines.plan("""
                pipeline: names
                source: { connector: store, path: a, name: fire }
                sinks: [{ connector: fire }, { connector: fire, name: other }, { connector: fire }]
                """);
        assertThat(ids(plan)).containsExactly("fire", "fire-2", "other", "fire-3");
    }

    @Test
    void sendsRejectedRowsToASinkOfTheirOwn() {
        Plan plan = Pipelines.plan(COPY + """
                errors: { policy: dead-letter, sink: { connector: store, path: ./dead.jsonl, format: ndjson } }
                """);
        ErrorPolicy.DeadLetter errors = (ErrorPolicy.DeadLetter) plan.errors();
        assertThat(errors.sink().id()).isEqualTo("errors");
        assertThat(errors.encoder().orElseThrow().id()).isEqualTo("errors.encode");
        assertThat(ids(plan)).containsExactly("store", "store-2");
    }

    @Test
    void letsATransformWithoutSettingsStandAlone() {
        Plan plan = Pipelines.plan("""
                pipeline: bare
                source: { connector: fire }
                transforms: [bare, { bare: }, { bare: {} }]
                sink: { connector: fire }
                """);
        assertThat(ids(plan)).containsExactly("fire", "bare", "bare-2", "bare-3", "fire-2");
    }

    @Test
    void tellsTheNullSinkFromNoSink() {
        assertThat(ids(Pipelines.plan("""
                pipeline: measure
                source: { connector: fire }
                sink: { connector: null }
                """))).containsExactly("fire", "null");
    }

    @Test
    void keepsTextsAsTheyAreWritten() {
        Plan plan = Pipelines.plan("""
                pipeline: texts
                source: { connector: store, path: 0123, glob: 1.10, depth: 0x3, any: { a: 1.10, b: True, c: "2", d: 0x10 } }
                sink: { connector: fire }
                """);
        String config = plan.nodes(PlanNode.SourceNode.class).get(0).config().toString();
        assertThat(config).contains("path=0123", "glob=1.10", "depth=3", "any={a=1.1, b=true, c=2, d=16}");
    }

    @Test
    void givesTheSameFingerprintForTheSameRowsOnly() {
        String fingerprint = Pipelines.plan(COPY).fingerprint();
        assertThat(Pipelines.plan(COPY, "sink.path=elsewhere").fingerprint()).isEqualTo(fingerprint);
        assertThat(Pipelines.plan(COPY, "source.password=other").fingerprint()).isEqualTo(fingerprint);
        assertThat(Pipelines.plan(COPY, "source.path=elsewhere").fingerprint()).isNotEqualTo(fingerprint);
        assertThat(Pipelines.plan(COPY + "transforms: [{ filter: 'true' }]").fingerprint())
                .isNotEqualTo(fingerprint);
    }
}
