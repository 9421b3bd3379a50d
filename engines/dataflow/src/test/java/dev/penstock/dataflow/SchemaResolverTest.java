package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.builtin.NullConnector;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.transform.ComputeConnector;
import dev.penstock.dataflow.transform.DecodeConnector;
import dev.penstock.dataflow.transform.FilterConnector;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SchemaResolverTest {
    private final RecordsConnector records = new RecordsConnector();
    private final ConnectorCatalog catalog = ConnectorCatalog.of(List.of(
            records, new DecodeConnector(), new NullConnector(), new FilterConnector(), new ComputeConnector()));

    private Plan plan(String yaml) {
        return new Planner(catalog).plan(Pipelines.file(yaml)).orThrow();
    }

    private static ResolvedPlan resolve(Plan plan, Map<String, String> remembered) {
        Map<String, Source> opened = new HashMap<>();
        for (PlanNode.SourceNode node : plan.nodes(PlanNode.SourceNode.class)) {
            Source source = node.create();
            source.open(new TestContext());
            opened.put(node.id(), source);
        }
        return SchemaResolver.resolve(plan, opened, remembered);
    }

    private static Map<String, String> schemas(ResolvedPlan resolved) {
        Map<String, String> texts = new TreeMap<>();
        resolved.schemas().forEach((id, schema) -> texts.put(id, schema.toString()));
        return texts;
    }

    private static String pipeline(String format) {
        return "pipeline: a\nsource: { connector: records, format: " + format + " }\nsink: { connector: null }\n";
    }

    @Test
    void followsDeclaredColumns() {
        ResolvedPlan resolved = resolve(plan("""
                pipeline: a
                source: { connector: records, format: ndjson, columns: { id: int64!, name: string } }
                sink: { connector: null }
                """), Map.of());
        assertThat(schemas(resolved))
                .containsEntry("records", "(record: bytes!)")
                .containsEntry("records.decode", "(id: int64!, name: string)")
                .containsEntry("null", "(id: int64!, name: string)");
        assertThat(records.polls()).isZero();
        assertThat(resolved.remember()).isEmpty();
    }

    @Test
    void findsColumnsInASampleOfAllPartitions() {
        records.put("a", "{\"id\": 1}", "{\"id\": 2}")
                .put("b", "{\"id\": 2.5, \"na=me\": \"x & y\"}")
                .put("c");
        ResolvedPlan resolved = resolve(plan(pipeline("ndjson")), Map.of());
        assertThat(schemas(resolved)).containsEntry("null", "(id: float64, na=me: string)");
        assertThat(resolved.plan()
                        .nodes(PlanNode.TransformNode.class)
                        .get(0)
                        .config()
                        .find(DecodeConnector.COLUMNS))
                .contains(Map.of("id", "float64", "na=me", "string"));
        assertThat(records.open()).isZero();
        assertThat(records.released()).isZero();
    }

    @Test
    void remembersWhatItFound() {
        records.put("a", "{\"id\": 1, \"na=me\": \"x & y\"}");
        Map<String, String> remembered =
                resolve(plan(pipeline("ndjson")), Map.of()).remember();
        assertThat(remembered).containsOnlyKeys("columns.records.decode");
        records.put("a", "{\"id\": \"now a text\"}");
        ResolvedPlan resolved = resolve(plan(pipeline("ndjson")), remembered);
        assertThat(schemas(resolved)).containsEntry("null", "(id: int64, na=me: string)");
        assertThat(resolved.remember()).isEqualTo(remembered);
    }

    @Test
    void forgetsColumnsThatWereFoundWithOtherSettings() {
        records.put("a", "{\"id\": 1}");
        Map<String, String> remembered =
                resolve(plan(pipeline("ndjson")), Map.of()).remember();
        ResolvedPlan resolved = resolve(plan(pipeline("{ type: csv, header: false }")), remembered);
        assertThat(schemas(resolved)).containsEntry("null", "(column_1: string)");
    }

    @Test
    void readsNoMoreThanItNeeds() {
        records.endless("a", "{\"id\": 1}");
        assertThat(schemas(resolve(plan(pipeline("ndjson")), Map.of()))).containsEntry("null", "(id: int64)");
        assertThat(records.polls()).isBetween(1, 10);
    }

    @Test
    void readsASourceOnceForAllThatFindColumnsInIt() {
        records.put("a", "{\"id\": 1}");
        ResolvedPlan resolved = resolve(plan("""
                pipeline: a
                source: { connector: records }
                transforms:
                  - { name: one, from: records, decode: { format: ndjson } }
                  - { name: other, from: records, decode: { format: json } }
                sinks:
                  - { name: first, connector: null, from: one }
                  - { name: second, connector: null, from: other }
                """), Map.of());
        assertThat(schemas(resolved)).containsEntry("one", "(id: int64)").containsEntry("other", "(id: int64)");
        assertThat(records.polls()).isEqualTo(2);
    }

    @Test
    void findsColumnsOnlyInWhatComesAsTheSourceGivesIt() {
        records.put("a", "{\"id\": 1}");
        String steps = """
                pipeline: a
                source: { connector: records }
                transforms:
                  - %s
                  - { name: decoded, decode: { format: ndjson } }
                sink: { connector: null }
                """;
        assertThat(schemas(resolve(plan(steps.formatted("filter: 'true'")), Map.of())))
                .containsEntry("decoded", "(id: int64)");
        Plan computed = plan(steps.formatted("compute: { record: record }"));
        assertThatThrownBy(() -> resolve(computed, Map.of()))
                .hasMessageStartingWith("decoded.columns: is missing, and the data gave nothing to find columns in");
    }

    @Test
    void saysThatThereIsNothingToFindColumnsIn() {
        records.put("a");
        Plan plan = plan(pipeline("ndjson"));
        assertThatThrownBy(() -> resolve(plan, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("records.decode.columns: is missing, and the data gave nothing to find columns in; name the"
                        + " columns and their types, for example {id: int64, name: string}");
    }

    @Test
    void refusesToMergeSourcesWithOtherColumns() {
        Plan plan = plan("""
                pipeline: a
                sources:
                  - { connector: records, format: ndjson, columns: { id: int64 } }
                  - { connector: records, format: ndjson, columns: { id: string } }
                sink: { connector: null }
                """);
        assertThatThrownBy(() -> resolve(plan, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("null: cannot merge 'records.decode' with columns (id: int64) and 'records-2.decode' with"
                        + " columns (id: string); give all sources the same columns");
    }

    @Test
    void findsWrongColumnTypesBeforeAnythingIsOpen() {
        assertThat(new Planner(catalog).plan(Pipelines.file("""
                                pipeline: a
                                source:
                                  connector: records
                                  format: { type: csv, delimiter: "" }
                                  columns:
                                    id: int46
                                sink: { connector: null }
                                """)).problems())
                .extracting(LocatedProblem::toString)
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(
                                "p.yaml:6: source.columns.id: Cannot read type 'int46': 'int46' is not a type; use"))
                .contains("p.yaml:4: source.format.delimiter: must be one ASCII character; for example , or ; or |");
    }

    @Test
    void findsTheLinesOfWhatComesOutLater() {
        PipelineFile file = Pipelines.file("""
                pipeline: a
                sources:
                  - connector: records
                    format: ndjson
                sink:
                  connector: null
                """);
        Planned planned = new Planner(catalog).plan(file);
        assertThatThrownBy(() -> resolve(planned.orThrow(), Map.of()))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        failure -> assertThat(planned.places().locate(failure))
                                .hasMessageStartingWith(
                                        "p.yaml:3: sources.0.columns: is missing, and the data gave nothing"));
        assertThat(planned.places().locate(Problem.error("null", Problem.Code.INCOMPATIBLE, "does not fit", "")))
                .hasToString("p.yaml:5: sink: does not fit");
        assertThat(planned.places().locate(Problem.error("other.x", Problem.Code.INVALID, "is odd", "")))
                .hasToString("p.yaml: other.x: is odd");
    }
}
