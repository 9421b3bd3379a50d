package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.penstock.dataflow.builtin.StdoutConnector;
import dev.penstock.dataflow.jsonschema.JsonSchemaConnector;
import dev.penstock.dataflow.transform.DecodeConnector;
import dev.penstock.dataflow.transform.EncodeConnector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PipelineJsonSchemaTest {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final JsonSchema SCHEMA =
            FACTORY.getSchema(PipelineJsonSchema.of(TestConnector.CATALOG), InputFormat.JSON);

    /** What an editor would underline. */
    private static List<String> problems(String yaml) {
        return problems(SCHEMA, yaml);
    }

    private static List<String> problems(JsonSchema schema, String yaml) {
        Object tree = new YamlReader("p.yaml", Expansion.none()).read(yaml).typed();
        return schema.validate(JsonText.compact(tree), InputFormat.JSON).stream()
                .map(message -> message.getInstanceLocation() + " " + message.getType())
                .distinct()
                .toList();
    }

    @Test
    void isASchema() {
        JsonSchema meta = FACTORY.getSchema(
                com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(PipelineJsonSchema.of(TestConnector.CATALOG), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void acceptsWhatThePlannerAccepts() {
        String yaml = """
                pipeline: docs-search
                guarantee: at-least-once
                checkpoint: { interval: 10s, state: ./state }
                runtime: { workers: "${WORKERS:-2}", batch-bytes: 1MiB, queue-bytes: 1000, discovery-interval: PT5S }
                sources:
                  - { connector: store, path: a, format: { type: csv, delimiter: ";" }, columns: { id: int64 }, levels: 3 }
                  - { connector: store, path: b, name: second, any: [1, { c: true }], format: document }
                transforms:
                  - chunk: { field: text, max-tokens: 10 }
                  - filter: "true"
                    name: keep
                  - rename: { a: b }
                  - bare
                  - bare:
                sinks:
                  - { connector: table, uri: ./t, mode: upsert, key: [id], delete-by: path, when: "id > 1" }
                  - { connector: vault, password: 1234, commit-interval: 1m }
                errors: { policy: dead-letter, sink: { connector: store, path: dead, format: ndjson } }
                """;
        assertThat(problems(yaml.replace("- bare:", "- bare: {}"))).isEmpty();
        assertThat(Pipelines.problems(yaml, Map.of()))
                .extracting(each -> each.replaceAll(":.*", ""))
                .hasSize(1);
        assertThat(problems("pipeline: a\ncheckpoint: none\nsource: { connector: fire }\nsink: { connector: 'null' }"))
                .isEmpty();
        String withoutQuotes = "{\"pipeline\":\"a\",\"source\":{\"connector\":\"fire\"},\"sink\":{\"connector\":null}}";
        assertThat(SCHEMA.validate(withoutQuotes, InputFormat.JSON)).isEmpty();
    }

    @Test
    void takesTheFormatsOfConnectorsInStepsThatDecodeAndEncode() {
        ConnectorCatalog catalog = ConnectorCatalog.of(List.of(
                new RecordsConnector(),
                new DecodeConnector(),
                new EncodeConnector(),
                new JsonSchemaConnector(),
                new StdoutConnector()));
        JsonSchema schema = FACTORY.getSchema(PipelineJsonSchema.of(catalog), InputFormat.JSON);
        String registry = "{ type: json-schema, registry: 'http://localhost:8081'";
        String step = "pipeline: a\nsource: { connector: records }\nsink: { connector: stdout }\ntransforms:\n  - ";

        assertThat(problems(
                        schema,
                        step + "decode: { column: kafka_key, prefix: key_, format: " + registry + " } }\n"
                                + "  - encode: { columns: [shop, order_id], into: new_key, format: " + registry
                                + ", subject-naming: topic-key, topic: orders-clean } }"))
                .isEmpty();
        for (String format : List.of("json-schema", "csv", "{ type: csv, delimiter: ';' }", "'${FORMAT}'")) {
            assertThat(problems(schema, step + "decode: { column: k, columns: { id: int64 }, format: " + format + " }"))
                    .as(format)
                    .isEmpty();
        }
        for (String format : List.of("cvs", "document", "{ type: csv, column: k }", registry + ", into: k }")) {
            assertThat(problems(schema, step + "encode: { columns: [id], into: k, format: " + format + " }"))
                    .as(format)
                    .isNotEmpty();
        }
    }

    @Test
    void underlinesWhatThePlannerRefuses() {
        String head = "pipeline: a\nsource: { connector: fire }\n";
        assertThat(problems("pipeline: a")).contains("$ oneOf");
        assertThat(problems(head + "sink: { connector: stor }")).containsExactly("$.sink.connector enum");
        assertThat(problems(head + "sink: { connector: store }")).containsExactly("$.sink required");
        assertThat(problems(head + "sink: { connector: fire, paht: x }"))
                .containsExactly("$.sink additionalProperties");
        assertThat(problems(head + "sink: { connector: table, uri: x, mode: upsert }"))
                .containsExactly("$.sink required");
        assertThat(problems(head + "sink: { connector: table, uri: x, key: [a] }"))
                .containsExactly("$.sink not");
        assertThat(problems(head + "sink: { connector: fire }\nruntime: { workers: 0 }"))
                .contains("$.runtime.workers minimum");
        assertThat(problems(head + "sink: { connector: fire }\ncheckpoint: { interval: soon }"))
                .contains("$.checkpoint.interval pattern");
        assertThat(problems(head + "sink: { connector: fire }\ntransforms: [{ chunck: {} }]"))
                .contains("$.transforms[0] additionalProperties");
        assertThat(problems(head + "sink: { connector: fire, format: cvs }")).contains("$.sink.format enum");
    }
}
