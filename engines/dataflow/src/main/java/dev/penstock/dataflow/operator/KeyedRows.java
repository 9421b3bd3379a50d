package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.RecordBatch;

/** The rows of one key in a batch, in order; valid during the call it was handed to. */
public interface KeyedRows {
    /** Which input they came by, from 0. */
    int input();

    /** The batch they stand in, with rows of other keys; its columns are to be read, never changed. */
    RecordBatch batch();

    /** How many there are, at least 1. */
    int count();

    /** Where the {@code index}th of them, from 0, stands in {@link #batch}. */
    int row(int index);

    /**
     * The watermark that decides whether the {@code index}th row is late, see {@link EventTime}: it is if its time is
     * less. {@link KeyContext#NO_WATERMARK} if nothing is known.
     */
    long watermark(int index);
}
