package dev.penstock.dataflow.window;

import dev.penstock.dataflow.operator.StateCodec;

/**
 * What is kept of a window, how values change it and what comes out.
 *
 * <p>An accumulator may be changed in place and given back. What is emitted must not change later: a window that goes
 * on, because it fired early or because late items are allowed, keeps its accumulator. <b>Threads:</b> several at once,
 * on different keys.
 *
 * @param <V> the values
 * @param <A> the accumulator, never null
 * @param <R> the results
 */
public interface WindowLogic<V, A, R> {
    /** The accumulator of a window whose first value came by {@code input}. */
    A first(int input, V value, WindowOutput<R> out);

    /** The accumulator with one value more. */
    A add(A accumulator, int input, V value, WindowOutput<R> out);

    /** The accumulator of two windows that became one; {@code earlier} began earlier. */
    A merge(A earlier, A later);

    /** Gives the results of a window that closes; may emit any number of them. */
    void close(A accumulator, WindowOutput<R> out);

    /** Gives the results of a window that goes on; those of {@link #close} if not overridden. */
    default void peek(A accumulator, WindowOutput<R> out) {
        close(accumulator, out);
    }

    /**
     * Whether {@link #first} and {@link #add} may emit. If not, values of an ordered step that wait for their turn may
     * be added later than it, though before the window closes and in the same order.
     */
    default boolean emitsWhenAdding() {
        return true;
    }

    /** How accumulators are kept. */
    StateCodec<A> codec();
}
