package dev.penstock.dataflow.operator;

/**
 * What a step with memory does on one worker.
 *
 * <p><b>Order of calls:</b> {@code (onRows | onTimer)* onEnd*}, for any number of keys. A batch is handed over key by
 * key, keys in the order of their first rows, rows in their order. Due timers come by time, those of one time by key
 * and tag; a timer is gone when it is called. {@link #onEnd} comes once a live key, in the order of the keys' bytes,
 * when the inputs have come to their end, after all event-time timers; not when the pipeline is stopped.
 *
 * <p><b>Threads:</b> one at a time, not always the same one. <b>Memory:</b> all that must survive goes through
 * {@link KeyContext#put}; fields of the operator are lost in a crash and not moved when workers are added. The context
 * and the rows are valid during the call only.
 *
 * <p><b>Failures:</b> whatever is thrown stops the pipeline with the step and the key in the message.
 *
 * @param <S> the state of one key
 */
public interface KeyedOperator<S> {
    /** Rows of a key have arrived. */
    void onRows(KeyedRows rows, KeyContext<S> context);

    /** A timer of a key is due. */
    default void onTimer(Timer timer, KeyContext<S> context) {}

    /** No more rows will come; the last chance to emit. State that stays is found again by the next run. */
    default void onEnd(KeyContext<S> context) {}

    /** Whether {@link #onEnd} is to be called: where it does nothing, millions of keys need not be visited in order. */
    default boolean endsKeys() {
        return true;
    }
}
