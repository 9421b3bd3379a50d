package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.builtin.StdoutConnector;
import dev.penstock.dataflow.jsonschema.JsonSchemaConnector;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.transform.DecodeConnector;
import dev.penstock.dataflow.transform.EncodeConnector;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Formats that connectors offer, as pipeline files name them. */
class FormatStepsTest {
    private static final ConnectorCatalog CATALOG = ConnectorCatalog.of(List.of(
            new RecordsConnector(),
            new DecodeConnector(),
            new EncodeConnector(),
            new JsonSchemaConnector(),
            new StdoutConnector()));
    private static final String REGISTRY = "registry: 'http://localhost:1'";

    private static Planned planned(String sourceFormat, String sinkFormat) {
        return new Planner(CATALOG).plan(Pipelines.file("""
                        pipeline: formats
                        source: { connector: records, format: %s, columns: { id: int64! } }
                        sink: { connector: stdout, format: %s }
                        """.formatted(sourceFormat, sinkFormat)));
    }

    private static List<String> problems(String sourceFormat, String sinkFormat) {
        return planned(sourceFormat, sinkFormat).problems().stream()
                .map(LocatedProblem::toString)
                .toList();
    }

    @Test
    void standsBehindTheSourceAndGivesTheDeclaredColumns() {
        List<PlanNode.TransformNode> steps = planned("{ type: json-schema, " + REGISTRY + " }", "ndjson")
                .orThrow()
                .nodes(PlanNode.TransformNode.class);

        assertThat(steps.get(0).connector().descriptor().name()).isEqualTo("decode-json-schema");
        assertThat(steps.get(0).create().output(Schema.of(Payload.FIELD, Field.of("kafka_key", DataType.BYTES))))
                .isEqualTo(Schema.of(Field.required("id", DataType.INT64), Field.of("kafka_key", DataType.BYTES)));
    }

    @Test
    void standsBeforeTheSinkWithTheOptionsOfEveryEncoder() {
        List<PlanNode.TransformNode> steps = planned(
                        "ndjson",
                        "{ type: json-schema, subject: orders, without: [key], operation-column: op, " + REGISTRY
                                + " }")
                .orThrow()
                .nodes(PlanNode.TransformNode.class);

        assertThat(steps.get(1).connector().descriptor().name()).isEqualTo("encode-json-schema");
        assertThat(steps.get(1)
                        .create()
                        .output(Schema.of(Field.of("id", DataType.INT64), Field.of("key", DataType.BYTES))))
                .isEqualTo(Schema.of(Payload.FIELD));
    }

    @Test
    void saysWhatIsMissingWhereItIsWritten() {
        assertThat(problems("json-schema", "{ type: json-schema, " + REGISTRY + " }"))
                .containsExactly(
                        "p.yaml:2: source.format.registry: is missing; give the URL of a schema registry, or use json for"
                                + " records without the id of a schema",
                        "p.yaml:3: sink.format.subject: is missing, and no topic names it; give subject or topic");
    }

    @Test
    void namesAllFormatsThereAre() {
        assertThat(problems("avroo", "ndjson"))
                .containsExactly("p.yaml:2: source.format: 'avroo' is not a format here; use one of: csv, document,"
                        + " json, json-schema, ndjson, text");
    }

    @Test
    void refusesOptionsThatTheFormatDoesNotHave() {
        assertThat(problems("{ type: json-schema, delimiter: ';', " + REGISTRY + " }", "ndjson"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:2: source.format.delimiter: is not a setting here; use one of: subject, version,");
    }

    private static Planned withSteps(String transforms) {
        return new Planner(CATALOG).plan(Pipelines.file("""
                        pipeline: formats
                        source: { connector: records, format: ndjson, columns: { id: int64! } }
                        transforms:
                          - %s
                        sink: { connector: stdout, format: ndjson }
                        """.formatted(transforms)));
    }

    @Test
    void decodesAndEncodesColumnsInStepsOfTheirOwn() {
        List<PlanNode.TransformNode> steps = withSteps(
                        "decode: { column: key, prefix: k_, columns: { id: int64 }, format:"
                                + " { type: json-schema, " + REGISTRY
                                + " } }\n  - encode: { columns: [id], into: written, format: {"
                                + " type: json-schema, subject: a, " + REGISTRY + " } }")
                .orThrow()
                .nodes(PlanNode.TransformNode.class);

        Schema decoded = steps.get(1)
                .create()
                .output(Schema.of(Field.of("key", DataType.BYTES), Field.required("id", DataType.INT64)));
        assertThat(decoded)
                .isEqualTo(Schema.of(Field.of("k_id", DataType.INT64), Field.required("id", DataType.INT64)));
        assertThat(steps.get(2).create().output(decoded))
                .isEqualTo(decoded.with(Field.required("written", DataType.BYTES)));
    }

    @Test
    void saysWhereSettingsOfStepsBelong() {
        assertThat(problems("{ type: ndjson, column: key }", "{ type: ndjson, into: a }"))
                .containsExactly(
                        "p.yaml:2: source.format.column: is no option of a format; write it beside the format; into, column"
                                + " and prefix belong to the steps decode and encode",
                        "p.yaml:3: sink.format.into: is no option of a format; write it beside the format; into, column and"
                                + " prefix belong to the steps decode and encode");
        assertThat(problems("ndjson", "{ type: ndjson, into: a, prefix: b, columns: [c], column: d }"))
                .extracting(problem -> problem.replaceAll(": is no option.*", ""))
                .containsExactly(
                        "p.yaml:3: sink.format.column",
                        "p.yaml:3: sink.format.prefix",
                        "p.yaml:3: sink.format.columns",
                        "p.yaml:3: sink.format.into");
        assertThat(withSteps("decode: { column: key, prefx: a, format: { type: json-schema, " + REGISTRY + " } }")
                        .problems())
                .first()
                .asString()
                .contains("decode.prefx: is not a setting here");
    }
}
