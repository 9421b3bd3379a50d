package dev.penstock.engine.embedded.keyed;

import dev.penstock.spi.data.RecordBatch;

/** What a worker has to do next, when the packets of all its senders are brought together. */
public sealed interface StageEvent {
    /** Rows of an input. */
    record Rows(int input, RecordBatch batch) implements StageEvent {}

    /** All senders have reached the barrier of {@code epoch}. */
    record Barrier(long epoch) implements StageEvent {}

    /** The watermark over all senders has moved to {@code micros}. */
    record Watermark(long micros) implements StageEvent {}

    /** All senders are idle. */
    record Idle() implements StageEvent {}

    /** All senders have come to their end; comes once, last. */
    record End() implements StageEvent {}
}
