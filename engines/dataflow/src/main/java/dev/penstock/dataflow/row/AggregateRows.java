package dev.penstock.dataflow.row;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.window.Firing;
import dev.penstock.dataflow.window.OpenWindow;
import dev.penstock.dataflow.window.WindowRows;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows that go into an aggregate and come out of it. */
final class AggregateRows implements WindowRows<AggregateRow, List<@Nullable Object>> {
    private final WindowColumns columns;
    private final List<Aggregate> aggregates;
    /** Known from the first call of {@link #outputs} on, which comes before any row. */
    private volatile @Nullable Aggregates bound;

    AggregateRows(WindowColumns columns, List<Aggregate> aggregates) {
        this.columns = columns;
        this.aggregates = List.copyOf(aggregates);
    }

    /** What is made of the rows. */
    Aggregates bound() {
        return requireNonNull(bound, "outputs comes first");
    }

    @Override
    public List<List<String>> keyColumns() {
        return List.of(columns.key());
    }

    @Override
    public List<Schema> outputs(List<Schema> inputs) {
        Schema input = inputs.get(0);
        check(input);
        bound = new Aggregates(aggregates, input);
        return List.of(columns.schema(input, Aggregates.fields(aggregates, input)), input, WindowColumns.META);
    }

    @Override
    public List<String> furtherOutputs() {
        return List.of("late");
    }

    private void check(Schema input) {
        List<Problem> problems = new ArrayList<>(KeyColumns.problems(columns.key(), input));
        columns.window().time().flatMap(time -> time.problem(input)).ifPresent(problems::add);
        aggregates.forEach(aggregate -> aggregate.problem(input).ifPresent(problems::add));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    @Override
    public Optional<EventTime> eventTime(int input) {
        return columns.window().time().map(TimeColumn::eventTime);
    }

    @Override
    public StateCodec<AggregateRow> codec(int input) {
        return new NeverKept<>();
    }

    @Override
    public AggregateRow value(KeyedRows rows, int index) {
        return new AggregateRow(bound().values(rows, index), new LateRow(rows, index));
    }

    @Override
    public void result(OpenWindow window, Firing firing, List<@Nullable Object> result, KeyContext<?> context) {
        columns.emit(window, firing, result, context);
    }

    @Override
    public void late(long windowId, long time, AggregateRow value, KeyContext<?> context) {
        value.row().handOn(context);
    }

    @Override
    public void closed(OpenWindow window, KeyContext<?> context) {
        // Results carry their windows already.
    }
}
