package dev.penstock.dataflow.flow;

import java.util.List;

/**
 * Joins streams by key: {@code Join.of(orders, payments).as("paid", Paid::new)}.
 *
 * <p>Without further words, the last item of each side counts, and a row is given when each side has one; then the key
 * is forgotten. {@code insert} says what counts when a side gives several items, {@code emit} when rows are given;
 * after it sides may be missing, and come as {@link java.util.Optional}. A key that never is complete is kept until
 * {@code timeToLive} is over, so give one where inputs do not end.
 *
 * <p>Items wait in the state of the step, written by codecs of the kinds that
 * {@link dev.penstock.dataflow.operator.StateCodec#ofValues} takes unless others are given.
 */
public final class Join {
    private Join() {}

    /** A join of two streams, whose keys are written alike. */
    public static <K, A, B> Join2<K, A, B> of(KeyedStream<K, A> first, KeyedStream<K, B> second) {
        return new Join2<>(JoinSpec.of(List.of(first, second)));
    }

    /** A join of three streams, whose keys are written alike. */
    public static <K, A, B, C> Join3<K, A, B, C> of(
            KeyedStream<K, A> first, KeyedStream<K, B> second, KeyedStream<K, C> third) {
        return new Join3<>(JoinSpec.of(List.of(first, second, third)));
    }

    /** A join of any number of streams from two on, whose keys are written alike. */
    public static <K> JoinAll<K> all(List<? extends KeyedStream<K, ?>> sides) {
        return new JoinAll<>(JoinSpec.of(List.copyOf(sides)));
    }
}
