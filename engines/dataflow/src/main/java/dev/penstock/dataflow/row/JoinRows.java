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
final class JoinRows implements WindowRows<Object, @Nullable Object[]> {
    private final WindowColumns columns;
    private final boolean keepsMissing;
    /** By input, the columns that are not the key; known from the first call of {@link #outputs} on. */
    private volatile @Nullable List<int[]> others;

    /** @param keepsMissing whether a row without a partner comes out, with nulls in the place of that */
    JoinRows(WindowColumns columns, boolean keepsMissing) {
        this.columns = columns;
        this.keepsMissing = keepsMissing;
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
    public StateCodec<Object> codec(int input) {
        return new NeverKept<>();
    }

    /** The values of the columns that are not the key, as a list. */
    @Override
    public Object value(KeyedRows rows, int index) {
        RecordBatch batch = rows.batch();
        int row = rows.row(index);
        List<@Nullable Object> values = new ArrayList<>();
        for (int column : others(rows.input())) {
            values.add(batch.column(column).value(row));
        }
        return values;
    }

    /** {@code sides} has the values of a row of each input, or null. */
    @Override
    public void result(OpenWindow window, Firing firing, @Nullable Object[] sides, KeyContext<?> context) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int input = 0; input < sides.length; input++) {
            Object side = sides[input];
            if (side == null && !keepsMissing) {
                return;
            }
            values.addAll(side == null ? Collections.nCopies(others(input).length, null) : (List<?>) side);
        }
        columns.emit(window, firing, values, context);
    }

    @Override
    public void late(long windowId, long time, Object value, KeyContext<?> context) {
        // The sides have different columns, so there is no output for both; the engine counts late rows.
    }

    @Override
    public void closed(OpenWindow window, KeyContext<?> context) {
        // Results carry their windows already.
    }
}
