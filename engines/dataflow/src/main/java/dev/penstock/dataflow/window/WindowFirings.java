package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.KeyContext;
import org.jspecify.annotations.Nullable;

/** Changes the accumulators of windows, and gives out what they come to. */
final class WindowFirings<V, A, R> {
    private final WindowRows<V, R> rows;
    private final WindowLogic<V, A, R> logic;
    private final int triggerItems;

    /** Emits for the window at hand; one for all windows, because there is one a call. */
    private final WindowOutput<R> output = this::emit;

    /** What the key at hand may do. */
    @Nullable KeyContext<WindowState<V>> context;

    private @Nullable OpenWindow window;
    private Firing firing = Firing.EARLY;

    WindowFirings(WindowRows<V, R> rows, WindowLogic<V, A, R> logic, int triggerItems) {
        this.rows = rows;
        this.logic = logic;
        this.triggerItems = triggerItems;
    }

    KeyContext<WindowState<V>> context() {
        return requireNonNull(context);
    }

    private void emit(R result) {
        rows.result(requireNonNull(window), firing, result, context());
    }

    /** Adds a value to a window. */
    void add(OpenWindow to, int input, V value) {
        window = to;
        firing = Firing.EARLY;
        Object known = to.accumulator;
        to.accumulator =
                known == null ? logic.first(input, value, output) : logic.add(cast(known), input, value, output);
        to.items++;
        to.closed = false;
        if (to.items - to.itemsFired >= triggerItems) {
            fireEarly(to);
        }
    }

    /** Makes a window part of another. */
    void merge(OpenWindow from, OpenWindow into) {
        if (from.accumulator != null) {
            A later = cast(from.accumulator);
            into.accumulator = into.accumulator == null ? later : logic.merge(cast(into.accumulator), later);
        }
        into.absorb(from);
    }

    /** Gives out what is known of the windows that have changed since the last firing. */
    void fireChanged(WindowState<V> state) {
        for (int i = 0; i < state.count(); i++) {
            if (state.window(i).isChanged()) {
                fireEarly(state.window(i));
            }
        }
    }

    private void fireEarly(OpenWindow of) {
        window = of;
        firing = Firing.EARLY;
        of.itemsFired = of.items;
        logic.peek(cast(requireNonNull(of.accumulator)), output);
    }

    /** Gives out a window that closes; it may be changed by late values after that. */
    void close(OpenWindow of, boolean last) {
        window = of;
        firing = of.emitted ? Firing.LATE : Firing.ON_TIME;
        of.closed = true;
        of.emitted = true;
        of.itemsFired = of.items;
        A accumulator = cast(requireNonNull(of.accumulator));
        if (last) {
            logic.close(accumulator, output);
        } else {
            logic.peek(accumulator, output);
        }
        if (context().isTaken(WindowStep.META)) {
            rows.closed(of, context());
        }
    }

    @SuppressWarnings("unchecked") // only this class and the codec put accumulators
    private A cast(Object accumulator) {
        return (A) accumulator;
    }
}
