package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.FlowPlanner;
import dev.penstock.dataflow.operator.Passing;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.RowView;
import java.util.List;
import java.util.Map;

/**
 * Rows in columns, as connectors give and take them: what pipeline files are made of. Transforms work on whole columns
 * here; {@link #map} makes items of rows, and {@link Stream#toRows} rows of items. Immutable.
 */
public final class RowStream {
    private final Flow flow;
    private final String nodeId;

    RowStream(Flow flow, String nodeId) {
        this.flow = requireNonNull(flow, "flow");
        this.nodeId = requireNonNull(nodeId, "nodeId");
    }

    /** The id of the step whose rows it is, or of the source before a decoder. */
    String nodeId() {
        return nodeId;
    }

    /** Makes an item of each row. */
    public <T> Stream<T> map(String step, RowReader<T> reader) {
        return mapAs(flow.claim(step), reader);
    }

    /** As {@link #map}, with a full id that was claimed. */
    <T> Stream<T> mapAs(String id, RowReader<T> reader) {
        requireNonNull(reader, "reader");
        StepFunction function = StepFunction.items("read rows", context -> RowLoops.read(reader, context.stepId()));
        flow.add(planner -> planner.add(new PlanNode.FunctionNode(id, inputs(planner), function)));
        return new Stream<>(flow, id);
    }

    /** Makes an object of each row, with its operation. */
    public Stream<Row> items(String step) {
        return map(step, columns -> RowView::detach);
    }

    /**
     * Adds a transform as a pipeline file has it, for example {@code transform("dear", "filter", "price > 10")}.
     *
     * @param settings a mapping, or the value of the transform's only setting
     * @param others what it takes from besides, if it takes from several
     */
    public RowStream transform(String step, String connector, Object settings, RowStream... others) {
        requireNonNull(connector, "connector");
        requireNonNull(settings, "settings");
        List<RowStream> all = Streams.behind(this, List.of(others));
        String id = flow.claim(step);
        all.forEach(stream -> flow.checkOwn(stream.flow, id));
        flow.add(planner -> planner.transform(id, connector, settings, inputs(all, planner)));
        return new RowStream(flow, id);
    }

    /** The rows of this stream and of {@code others}, which have the same columns, in no order between them. */
    public RowStream merge(String step, RowStream... others) {
        List<RowStream> all = Streams.behind(this, List.of(others));
        String id = flow.claim(step);
        all.forEach(stream -> flow.checkOwn(stream.flow, id));
        flow.add(planner -> planner.add(new PlanNode.FunctionNode(id, inputs(all, planner), Passing.INSTANCE)));
        return new RowStream(flow, id);
    }

    /**
     * Writes the rows to a connector. The settings are those of a sink in a pipeline file, with {@code format},
     * {@code when}, {@code mode} and {@code key} where they are wanted.
     */
    public void to(String step, String connector, Map<String, ?> settings) {
        requireNonNull(connector, "connector");
        Map<String, ?> kept = Map.copyOf(settings);
        String id = flow.claim(step);
        flow.add(planner -> planner.sink(id, connector, kept, inputs(planner)));
    }

    private List<String> inputs(FlowPlanner planner) {
        return inputs(List.of(this), planner);
    }

    private static List<String> inputs(List<RowStream> streams, FlowPlanner planner) {
        return streams.stream().map(stream -> planner.rows(stream.nodeId)).toList();
    }
}
