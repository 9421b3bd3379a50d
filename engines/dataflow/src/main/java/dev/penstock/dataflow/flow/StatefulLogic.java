package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.Timer;

/**
 * What a step with memory does, item by item.
 *
 * <p><b>Order of calls:</b> {@code (onItem | onTimer)* onEnd?} for each key. When items arrive, all of them are handed
 * over, then the timers that are due by their event time. State that was dropped by one item is gone for the next.
 *
 * <p><b>Memory:</b> one object serves all keys of a worker, so nothing of a key may be kept in fields: it would be lost
 * in a crash and not move when workers are added. {@link StatefulContext#put} keeps it. <b>Threads:</b> each worker has
 * an object of its own, used by one thread at a time.
 *
 * <p><b>Failures:</b> whatever is thrown stops the pipeline with step and key in the message.
 *
 * @param <K> the keys
 * @param <V> the items that arrive
 * @param <S> the state of one key
 * @param <R> what is emitted
 */
@FunctionalInterface
public interface StatefulLogic<K, V, S, R> {
    /** An item has arrived. */
    void onItem(V item, StatefulContext<K, S, R> context);

    /** A timer is due, and gone unless it is set again. */
    default void onTimer(Timer timer, StatefulContext<K, S, R> context) {}

    /**
     * Bounded inputs have come to their end, after all event-time timers; once a key that has state or timers. What is
     * not dropped is found again by the next run. Not called when the pipeline is stopped.
     */
    default void onEnd(StatefulContext<K, S, R> context) {}
}
