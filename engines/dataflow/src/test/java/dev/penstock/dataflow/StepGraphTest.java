package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.row.DeduplicateConnector;
import dev.penstock.dataflow.row.RateConnector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StepGraphTest {
    private static final String TWO_SOURCES = """
            pipeline: both
            sources:
              - { connector: store, path: a, name: orders }
              - { connector: store, path: b, name: payments }
            """;

    private static final ConnectorCatalog CATALOG =
            TestConnector.CATALOG.with(Map.of("deduplicate", DeduplicateConnector::new, "rate", RateConnector::new));

    private static Plan keyedPlan(String yaml) {
        return new Planner(CATALOG).plan(Pipelines.file(yaml)).orThrow();
    }

    private static List<String> drawn(Plan plan) {
        return plan.nodes().stream()
                .map(node -> node.id() + " <- " + String.join(", ", node.inputs()))
                .toList();
    }

    @Test
    void letsAStepSayWhatItTakesFrom() {
        Plan plan = Pipelines.plan(TWO_SOURCES + """
                transforms:
                  - filter: "true"
                    name: few
                    from: orders
                  - filter: "true"
                    name: all
                    from: [few, payments]
                sinks:
                  - { connector: store, path: out }
                  - { connector: store, path: few, name: aside, from: few }
                """);
        assertThat(drawn(plan))
                .containsExactly(
                        "orders <- ",
                        "payments <- ",
                        "few <- orders",
                        "all <- few, payments",
                        "store <- all",
                        "aside <- few");
    }

    @Test
    void mergesInputsBeforeAStepWithMemory() {
        Plan plan = keyedPlan(TWO_SOURCES + """
                transforms:
                  - deduplicate: { key: [id], within: 1m }
                sink: { connector: store, path: out }
                """);
        assertThat(drawn(plan)).contains("deduplicate.merge <- orders, payments", "deduplicate <- deduplicate.merge");
        assertThat(plan.nodes(PlanNode.KeyedNode.class)).hasSize(1);
    }

    @Test
    void givesFurtherOutputsAStepOfTheirOwn() {
        Plan plan = keyedPlan("""
                pipeline: limited
                source: { connector: store, path: a }
                transforms:
                  - rate: { key: [id], rows: 2, per: 1s, time: at }
                    name: limit
                sinks:
                  - { connector: store, path: out }
                  - { connector: store, path: late, name: too-late, from: limit.late }
                """);
        assertThat(drawn(plan)).contains("limit.late <- limit", "too-late <- limit.late");
        assertThat(plan.nodes(PlanNode.OutputNode.class).get(0).output()).isEqualTo(2);
    }

    @Test
    void refusesToTakeFromNobody() {
        assertThat(Pipelines.problems(TWO_SOURCES + """
                transforms:
                  - filter: "true"
                    from: [order, payments]
                sink: { connector: store, path: out, from: filter.late }
                """))
                .containsExactly(
                        "p.yaml:7: transforms.0.from: no step before it is called 'order'; did you mean 'orders'?",
                        "p.yaml:8: sink.from: no step before it is called 'filter.late'; use one of: orders, payments, filter");
    }

    @Test
    void refusesRowsThatGoNowhere() {
        assertThat(Pipelines.problems(TWO_SOURCES + """
                transforms:
                  - filter: "true"
                    from: orders
                sink: { connector: store, path: out }
                """))
                .containsExactly("p.yaml:4: sources.1: its rows go nowhere: no step takes from it;"
                        + " name it in 'from' of a step behind it, or remove it");
    }

    @Test
    void tellsThatTheSettingsOfAStepWithMemoryHaveChanged() {
        String yaml = """
                pipeline: limited
                source: { connector: store, path: a }
                transforms:
                  - rate: { key: [id], rows: %d, per: 1s }
                sink: { connector: store, path: out }
                """;
        String two = keyedPlan(yaml.formatted(2)).fingerprint();
        assertThat(keyedPlan(yaml.formatted(2)).fingerprint()).isEqualTo(two);
        assertThat(keyedPlan(yaml.formatted(3)).fingerprint()).isNotEqualTo(two);
    }
}
