package dev.penstock.engine.embedded.keyed;

import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;

/** What a worker has to do next, when the packets of all its senders are brought together. */
public sealed interface StageEvent {
    /**
     * Rows of an input.
     *
     * @param origin where they come from, if the sender said so
     */
    record Rows(int input, RecordBatch batch, Optional<RowOrigin> origin) implements StageEvent {}

    /** A sender passes on something about time. */
    record Time(TimeEvent event) implements StageEvent {}

    /** All senders have reached the barrier of {@code epoch}. */
    record Barrier(long epoch) implements StageEvent {}

    /** The watermark over all senders has moved to {@code micros}. */
    record Watermark(long micros) implements StageEvent {}

    /** All senders are idle. */
    record Idle() implements StageEvent {}

    /** All senders have come to their end; comes once, last. */
    record End() implements StageEvent {}
}
