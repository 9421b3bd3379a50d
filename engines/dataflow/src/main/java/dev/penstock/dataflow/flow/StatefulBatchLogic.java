package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.Timer;
import java.util.List;

/**
 * As {@link StatefulLogic}, with the items of a key that arrived together handed over together. How many those are
 * depends on how the sources and workers cut batches, so what is emitted must not depend on it.
 *
 * @param <K> the keys
 * @param <V> the items that arrive
 * @param <S> the state of one key
 * @param <R> what is emitted
 */
@FunctionalInterface
public interface StatefulBatchLogic<K, V, S, R> {
    /** Items have arrived: at least one, in their order; the list is valid during the call only. */
    void onBatch(List<V> items, StatefulContext<K, S, R> context);

    /** As {@link StatefulLogic#onTimer}. */
    default void onTimer(Timer timer, StatefulContext<K, S, R> context) {}

    /** As {@link StatefulLogic#onEnd}. */
    default void onEnd(StatefulContext<K, S, R> context) {}
}
