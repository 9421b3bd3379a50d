package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.RecordBatch;

/**
 * What a step without memory does on one worker.
 *
 * <p><b>Order of calls:</b> {@code apply* close}. <b>Failures:</b> whatever is thrown stops the pipeline with the step
 * in the message.
 */
public interface BatchOperator extends AutoCloseable {
    /**
     * Makes of {@code batch}, which is not empty, what goes to the outputs; nothing may be kept for later.
     *
     * <p>Rows that are emitted keep their event times only if the operator hands them on.
     */
    void apply(RecordBatch batch, BatchOutput out);

    /** Frees what the operator holds; also after a failure. */
    @Override
    default void close() {}
}
