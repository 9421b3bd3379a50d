package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.plan.Guarantee;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.spi.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PipelineBuilderTest {
    @Test
    void givesThePlanThatTheFileGives() {
        Plan written = Pipelines.plan("""
                pipeline: docs-search
                guarantee: at-least-once
                checkpoint: { interval: 1500ms, state: ./state }
                runtime: { workers: 2 }
                sources:
                  - { connector: store, path: a, format: { type: csv, delimiter: ";" }, columns: { id: int64, n: string } }
                  - { connector: store, path: b, name: second, any: [1, { c: true }] }
                transforms:
                  - chunk: { field: text, max-tokens: 10 }
                  - filter: "true"
                    name: keep
                sinks:
                  - { connector: table, uri: ./t, mode: upsert, key: [id], delete-by: [path], when: "id > 1" }
                  - { connector: vault, password: hunter2, commit-interval: 60s }
                errors: { policy: dead-letter, sink: { connector: store, path: dead, format: ndjson } }
                """);
        Plan built = PipelineBuilder.named("docs-search")
                .baseDirectory(Pipelines.BASE)
                .guarantee(Guarantee.AT_LEAST_ONCE)
                .checkpoint(Duration.ofMillis(1500), Path.of("state"))
                .runtime(Map.of("workers", 2))
                .source(
                        "store",
                        Map.of(
                                "path",
                                Path.of("a"),
                                "format",
                                Map.of("type", "csv", "delimiter", ";"),
                                "columns",
                                Map.of("id", "int64", "n", "string")))
                .source("store", Map.of("path", "b", "name", "second", "any", List.of(1, Map.of("c", true))))
                .transform("chunk", Map.of("field", "text", "max-tokens", 10))
                .transform("keep", "filter", "true")
                .sink(
                        "table",
                        Map.of(
                                "uri",
                                "./t",
                                "mode",
                                WriteMode.Kind.UPSERT,
                                "key",
                                List.of("id"),
                                "delete-by",
                                List.of("path"),
                                "when",
                                "id > 1"))
                .sink("vault", Map.of("password", "hunter2", "commit-interval", Duration.ofMinutes(1)))
                .deadLetters("store", Map.of("path", "dead", "format", "ndjson"))
                .plan(TestConnector.CATALOG);
        assertThat(built).isEqualTo(written);
    }

    @Test
    void tellsPlansWithOtherSettingsApart() {
        PipelineBuilder builder = PipelineBuilder.named("a").baseDirectory(Pipelines.BASE);
        Plan one = builder.source("store", Map.of("path", "a"))
                .sink("fire", Map.of())
                .withoutCheckpoint()
                .plan(TestConnector.CATALOG);
        assertThat(one.checkpoint().state()).isEmpty();
        assertThat(Pipelines.plan("""
                        pipeline: a
                        checkpoint: none
                        source: { connector: store, path: a, password: x }
                        sink: { connector: fire }
                        """)).isNotEqualTo(one);
    }

    @Test
    void reportsProblemsAsTheFileWould() {
        assertThatThrownBy(() -> PipelineBuilder.named("a")
                        .source("stor", Map.of())
                        .sink("store", Map.of("paht", "x"))
                        .plan(TestConnector.CATALOG))
                .isInstanceOf(PipelineException.class)
                .hasMessage("""
                        source.connector: 'stor' is not a connector here; did you mean 'store'?
                        sink.paht: is not a setting here; did you mean 'path'?
                        sink.path: is missing; give it, for example ./in""");
    }
}
