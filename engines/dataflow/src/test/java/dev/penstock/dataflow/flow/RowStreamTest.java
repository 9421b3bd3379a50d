package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Between rows in columns, as connectors have them, and items. */
final class RowStreamTest {
    private static final Schema COLUMNS = Schema.of(
            Field.of("id", DataType.INT64),
            Field.of("name", DataType.STRING),
            Field.of("price", DataType.FLOAT64),
            Field.of("small", DataType.INT32),
            Field.of("yes", DataType.BOOLEAN),
            Field.of("ratio", DataType.FLOAT32));

    private final Flow flow = Flow.named("test").withoutCheckpoint();
    private final List<Object> out = new ArrayList<>();

    private record Point(long id, double value) {}

    @Test
    void connectorsGiveRows() {
        flow.read("in", "generate", Map.of("rows", 3))
                .map("id", row -> row.get("id"))
                .to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 2);

        assertThat(out).containsExactly(0L, 1L, 2L);
    }

    @Test
    void itemsAreMadeOfColumnsThatAreLookedUpOnce() {
        List<Schema> lookedUp = new ArrayList<>();
        flow.read("in", "generate", Map.of("rows", 4), columns -> {
                    lookedUp.add(columns);
                    int id = columns.indexOf("id");
                    int value = columns.indexOf("value");
                    return row -> new Point(row.longValue(id), row.doubleValue(value));
                })
                .map("id", Point::id)
                .to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 2);

        assertThat(out).containsExactly(0L, 1L, 2L, 3L);
        assertThat(lookedUp).hasSize(1);
    }

    @Test
    void transformsOfPipelineFilesWorkOnRows() {
        flow.rows("in", "generate", Map.of("rows", 6))
                .transform("large", "filter", "id > 3")
                .map("id", columns -> row -> row.longValue(0))
                .to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 4);

        assertThat(out).containsExactly(4L, 5L);
    }

    @Test
    void sourcesAreDecodedAndSinksEncodedAsInPipelineFiles() {
        RowStream rows = flow.rows("in", "generate", Map.of("rows", 1, "format", "ndjson"));
        rows.merge("both", rows).to("out", "stdout", Map.of("format", "ndjson", "when", "true"));

        assertThat(flow.plan().nodes())
                .extracting(node -> node.id() + node.inputs())
                .containsExactly(
                        "in[]",
                        "in.decode[in]",
                        "both[in.decode, in.decode]",
                        "out.when[both]",
                        "out.encode[out.when]",
                        "out[out.encode]");
    }

    @Test
    void itemsAreWrittenIntoColumns() {
        RecordBatch rows = write(
                (item, row) -> row.string(1, item)
                        .longValue(0, 7)
                        .doubleValue(2, 1.5)
                        .intValue(3, 3)
                        .booleanValue(4, true)
                        .doubleValue(5, 0.5)
                        .operation(Operation.DELETE),
                "a");

        assertThat(rows.toRows())
                .containsExactly(Row.of(COLUMNS, 7L, "a", 1.5, 3, true, 0.5f).with(Operation.DELETE));
    }

    @Test
    void whatIsNotWrittenIsNull() {
        RecordBatch rows = write((item, row) -> row.value(1, item), "a", "b");

        assertThat(rows.toRows())
                .containsExactly(
                        Row.of(COLUMNS, null, "a", null, null, null, null),
                        Row.of(COLUMNS, null, "b", null, null, null, null));
    }

    @Test
    void wholeRowsAreWritten() {
        Row row = Row.of(COLUMNS, 7L, "a", 1.5, 3, true, 0.5f).with(Operation.UPDATE);

        assertThat(write((item, writer) -> writer.row(row), "any").toRows()).containsExactly(row);
    }

    @Test
    void valuesOfAnotherTypeAreRefused() {
        assertThatThrownBy(() -> write((item, row) -> row.longValue(1, 1), "a"))
                .hasMessage("Cannot write a value to column 'name' of type string: this is not a value of that type;"
                        + " use the method for it");
        assertThatThrownBy(() -> write((item, row) -> row.value(0, item), "a"))
                .hasMessageStartingWith("Cannot write a value to column 'id' of type int64: ");
        assertThatThrownBy(() -> write((item, row) -> row.string(1, item).string(1, item), "a"))
                .hasMessage("Cannot write a value to column 'name' of type string: the row has one there already;"
                        + " write each once");
    }

    @Test
    void timesAndOriginsGoAlong() {
        RecordBatch items = ItemSource.batch(List.of("a", "b")).withEventTimes(new long[] {5, 6});
        List<RecordBatch> rows = new ArrayList<>();
        RowLoops.<String>write(COLUMNS, (item, row) -> row.string(1, item))
                .apply(items, (output, batch) -> rows.add(batch));
        RowLoops.read(columns -> row -> row.string(1), "read").apply(rows.get(0), (output, batch) -> rows.add(batch));

        assertThat(rows).extracting(batch -> batch.eventTime(1)).containsExactly(6L, 6L);
        assertThat(ItemSink.<Object>items(rows.get(1))).containsExactly("a", "b");
    }

    @Test
    void columnsOfAStepAreThoseThatWereDeclared() {
        flow.read("in", ItemSource.of("a"))
                .toRows("rows", COLUMNS, (item, row) -> row.string(1, item))
                .to("out", "null", Map.of());

        assertThat(flow.plan().nodes(PlanNode.FunctionNode.class))
                .singleElement()
                .satisfies(node ->
                        assertThat(node.function().outputs(Items.STREAM)).containsExactly(COLUMNS));
    }

    private static RecordBatch write(RowMapper<String> mapper, Object... items) {
        List<RecordBatch> rows = new ArrayList<>();
        BatchOperator operator = RowLoops.write(COLUMNS, mapper);
        operator.apply(ItemSource.batch(List.of(items)), (output, batch) -> rows.add(batch));
        return rows.get(0);
    }
}
