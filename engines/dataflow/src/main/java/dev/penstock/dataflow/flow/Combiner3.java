package dev.penstock.dataflow.flow;

/**
 * Makes one thing of three.
 *
 * @param <A> the first
 * @param <B> the second
 * @param <C> the third
 * @param <R> what it makes of them
 */
@FunctionalInterface
public interface Combiner3<A, B, C, R> {
    /** What becomes of the three. */
    R apply(A first, B second, C third);
}
