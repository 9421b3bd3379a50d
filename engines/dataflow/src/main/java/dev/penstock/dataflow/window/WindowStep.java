package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A step with windows. It has three outputs: results, late values, and what is known of closed windows.
 *
 * @param <V> the values
 * @param <A> what is kept of a window
 * @param <R> the results
 */
public final class WindowStep<V, A, R> implements KeyedStep<WindowState<V>> {
    /** The output of results. */
    public static final int RESULTS = 0;

    /** The output of late values. */
    public static final int LATE = 1;

    /** The output of what is known of closed windows. */
    public static final int META = 2;

    private final String id;
    private final WindowRows<V, R> rows;
    private final WindowLogic<V, A, R> logic;
    private final WindowOptions options;
    private final StateCodec<WindowState<V>> codec;

    /** A step of the full id {@code id}. */
    public WindowStep(String id, WindowRows<V, R> rows, WindowLogic<V, A, R> logic, WindowOptions options) {
        this.id = requireNonNull(id, "id");
        this.rows = requireNonNull(rows, "rows");
        this.logic = requireNonNull(logic, "logic");
        this.options = requireNonNull(options, "options");
        this.codec = new WindowStateCodec<>(rows::codec, logic.codec());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<List<String>> keyColumns() {
        return rows.keyColumns();
    }

    @Override
    public List<Schema> outputs(List<Schema> inputs) {
        return rows.outputs(inputs);
    }

    @Override
    public List<String> furtherOutputs() {
        return rows.furtherOutputs();
    }

    @Override
    public Optional<EventTime> eventTime(int input) {
        return options.clock() == TimeDomain.EVENT ? rows.eventTime(input) : Optional.empty();
    }

    @Override
    public StateCodec<WindowState<V>> codec() {
        return codec;
    }

    /** Those that closed and are kept for late items are counted with the others. */
    @Override
    public Optional<ToIntFunction<WindowState<V>>> openWindows() {
        return Optional.of(WindowState::count);
    }

    @Override
    public void bringNear(WindowState<V> state) {
        if (state.count() > 0 && state.window(0).items < 0) {
            throw new IllegalStateException("a window has items");
        }
    }

    @Override
    public String kind() {
        return "window";
    }

    @Override
    public KeyedOperator<WindowState<V>> create() {
        return new WindowOperator<>(rows, logic, options);
    }
}
