package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.builtin.NullConnector;
import dev.penstock.dataflow.operator.BatchFunction;
import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.transform.DecodeConnector;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Source;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The columns of steps that are parts of a program. */
final class ProgramStepColumnsTest {
    private static final Schema ITEMS = Schema.of(Field.of("item", DataType.OBJECT));
    private static final Schema PAIRS =
            Schema.of(Field.required("key", DataType.STRING), Field.of("sum", DataType.INT64));

    private final ConnectorCatalog catalog =
            ConnectorCatalog.of(List.of(new RecordsConnector(), new DecodeConnector(), new NullConnector()));

    private record Giving(List<Schema> all) implements BatchFunction {
        @Override
        public List<Schema> outputs(Schema input) {
            return all;
        }

        @Override
        public BatchOperator create(FunctionContext context) {
            return (batch, out) -> {};
        }
    }

    private record Keeping(String id, List<List<String>> keyColumns) implements KeyedStep<Long> {
        @Override
        public List<Schema> outputs(List<Schema> inputs) {
            return List.of(PAIRS, inputs.get(0));
        }

        @Override
        public StateCodec<Long> codec() {
            return StateCodec.ofLong();
        }

        @Override
        public KeyedOperator<Long> create() {
            return (rows, context) -> {};
        }
    }

    /** The columns of a pipeline that begins with {@code records} and goes on with {@code steps}. */
    private Map<String, Schema> columns(PlanNode... steps) {
        Plan plan = new Planner(catalog).plan(Pipelines.file("""
                                pipeline: a
                                source: { connector: records, format: ndjson, columns: { id: int64 } }
                                sink: { connector: null }
                                """)).orThrow();
        List<PlanNode> nodes = new ArrayList<>(plan.nodes(PlanNode.SourceNode.class));
        nodes.addAll(Arrays.asList(steps));
        Map<String, Source> opened = new HashMap<>();
        for (PlanNode.SourceNode node : plan.nodes(PlanNode.SourceNode.class)) {
            Source source = node.create();
            source.open(new TestContext());
            opened.put(node.id(), source);
        }
        return SchemaResolver.resolve(plan.with(nodes), opened, Map.of()).schemas();
    }

    private static PlanNode keyed(String... keys) {
        return new PlanNode.KeyedNode("kept", List.of("pairs"), new Keeping("kept", List.of(List.of(keys))));
    }

    private static PlanNode function(String id, String input, Schema... outputs) {
        return new PlanNode.FunctionNode(id, List.of(input), new Giving(List.of(outputs)));
    }

    @Test
    void anIdStandsForTheFirstOutputAndOutputNodesForOthers() {
        assertThat(columns(
                        function("pairs", "records", PAIRS, ITEMS),
                        new PlanNode.OutputNode("pairs.items", "pairs", 1),
                        keyed("key"),
                        new PlanNode.OutputNode("kept.rest", "kept", 1),
                        new PlanNode.SpreadNode("spread", List.of("kept"))))
                .containsEntry("pairs", PAIRS)
                .containsEntry("pairs.items", ITEMS)
                .containsEntry("kept", PAIRS)
                .containsEntry("kept.rest", PAIRS)
                .containsEntry("spread", PAIRS);
    }

    @Test
    void refusesAnOutputThatAStepDoesNotHave() {
        assertThatThrownBy(() -> columns(
                        function("pairs", "records", PAIRS), new PlanNode.OutputNode("pairs.items", "pairs", 1)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("pairs.items: there is no output 1 of step 'pairs', which has 1; take one from 0 to 0");
    }

    @Test
    void refusesKeysThatTheInputDoesNotHaveAndInputsWithoutKeys() {
        assertThatThrownBy(() -> columns(function("pairs", "records", PAIRS), keyed("kee")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kept: ")
                .hasMessageContaining("kee");
        assertThatThrownBy(() -> columns(
                        function("pairs", "records", PAIRS),
                        new PlanNode.KeyedNode(
                                "kept", List.of("pairs"), new Keeping("kept", List.of(List.of(), List.of())))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kept: takes 2 inputs and has 1");
    }

    @Test
    void refusesAStepWhoseStateWouldBeFoundByAnotherId() {
        assertThatThrownBy(
                        () -> new PlanNode.KeyedNode("one", List.of("pairs"), new Keeping("other", List.of(List.of()))))
                .hasMessage("Cannot add step 'one': its state would be found by 'other'; give the step the id of its"
                        + " node");
    }
}
