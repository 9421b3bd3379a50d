package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.window.WindowLogic;
import dev.penstock.dataflow.window.WindowOutput;
import java.util.function.BinaryOperator;

/** Makes one item of two until one is left in the window. */
record WindowReduction<V>(BinaryOperator<V> reducer, StateCodec<V> codec) implements WindowLogic<V, V, V> {
    WindowReduction {
        requireNonNull(reducer, "reducer");
    }

    @Override
    public V first(int input, V value, WindowOutput<V> out) {
        return value;
    }

    @Override
    public V add(V accumulator, int input, V value, WindowOutput<V> out) {
        return reducer.apply(accumulator, value);
    }

    @Override
    public V merge(V earlier, V later) {
        return reducer.apply(earlier, later);
    }

    @Override
    public void close(V accumulator, WindowOutput<V> out) {
        out.emit(accumulator);
    }

    @Override
    public boolean emitsWhenAdding() {
        return false;
    }
}
