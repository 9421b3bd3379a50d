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
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows that go into a join and come out of it: the key, the columns of the left side, those of the right. */
final class JoinRows implements WindowRows<JoinRow, Pair> {
    private final WindowColumns columns;
    /** By input, the columns that are not the key; known from the first call of {@link #outputs} on. */
    private volatile @Nullable List<int[]> others;

    JoinRows(WindowColumns columns) {
        this.columns = columns;
    }

    private int[] others(int input) {
        return requireNonNull(others, "outputs comes first").get(input);
    }

    @Override
    public List<List<String>> keyColumns() {
        return List.of(columns.key(), columns.key());
    }

    @Override
    public List<Schema> outputs(List<Schema> inputs) {
        List<Problem> problems = new ArrayList<>();
        for (Schema input : inputs) {
            problems.addAll(KeyColumns.problems(columns.key(), input));
            columns.window().time().flatMap(time -> time.problem(input)).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.stream().distinct().toList());
        }
        others = inputs.stream().map(this::others).toList();
        List<Field> fields = new ArrayList<>();
        for (int input = 0; input < inputs.size(); input++) {
            for (int column : others(input)) {
                Field field = inputs.get(input).field(column);
                fields.add(new Field(field.name(), field.type(), true, field.metadata()));
            }
        }
        return List.of(columns.schema(inputs.get(0), fields), inputs.get(0), WindowColumns.META);
    }

    private int[] others(Schema input) {
        return IntStream.range(0, input.size())
                .filter(column -> !columns.key().contains(input.field(column).name()))
                .filter(column -> !isTime(input.field(column).name()))
                .toArray();
    }

    /** Both sides have the time column; its place is taken by the times of the window. */
    private boolean isTime(String name) {
        return columns.window()
                .time()
                .filter(time -> time.column().equals(name))
                .isPresent();
    }

    @Override
    public List<String> furtherOutputs() {
        return List.of();
    }

    @Override
    public Optional<EventTime> eventTime(int input) {
        return columns.window().time().map(TimeColumn::eventTime);
    }

    @Override
    public StateCodec<JoinRow> codec(int input) {
        return new NeverKept<>();
    }

    @Override
    public JoinRow value(KeyedRows rows, int index) {
        RecordBatch batch = rows.batch();
        int row = rows.row(index);
        List<@Nullable Object> values = new ArrayList<>();
        for (int column : others(rows.input())) {
            values.add(batch.column(column).value(row));
        }
        return new JoinRow(values);
    }

    @Override
    public void result(OpenWindow window, Firing firing, Pair pair, KeyContext<?> context) {
        List<@Nullable Object> values = new ArrayList<>();
        values.addAll(orNulls(pair.left(), 0));
        values.addAll(orNulls(pair.right(), 1));
        columns.emit(window, firing, values, context);
    }

    private List<@Nullable Object> orNulls(@Nullable List<@Nullable Object> values, int input) {
        return values == null ? Collections.nCopies(others(input).length, null) : values;
    }

    @Override
    public void late(long windowId, long time, JoinRow value, KeyContext<?> context) {
        // The sides have different columns, so there is no output for both; the engine counts late rows.
    }

    @Override
    public void closed(OpenWindow window, KeyContext<?> context) {
        // Results carry their windows already.
    }
}
