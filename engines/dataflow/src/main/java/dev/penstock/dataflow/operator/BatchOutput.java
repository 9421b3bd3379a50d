package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.RecordBatch;

/** Takes what an operator makes of a batch; valid during the call only. */
@FunctionalInterface
public interface BatchOutput {
    /** Hands {@code batch} to whoever takes output {@code output}, from 0; an empty one goes nowhere. */
    void emit(int output, RecordBatch batch);

    /** Whether anybody takes what output {@code output} is given; the same all the time. */
    default boolean isTaken(int output) {
        return true;
    }
}
