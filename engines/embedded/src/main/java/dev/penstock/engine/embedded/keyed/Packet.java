package dev.penstock.engine.embedded.keyed;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.RecordBatch;

/** What travels through an exchange, in the order it was sent. */
public sealed interface Packet {
    /** The memory it takes while it waits; only rows are counted. */
    default long sizeInBytes() {
        return 0;
    }

    /** Some rows. */
    record Rows(RecordBatch batch) implements Packet {
        public Rows {
            requireNonNull(batch, "batch");
        }

        @Override
        public long sizeInBytes() {
            return batch.sizeInBytes();
        }
    }

    /** All before belongs to {@code epoch} or an earlier one, all behind to later ones. */
    record Barrier(long epoch) implements Packet {}

    /** No row with an event time before {@code micros} will follow, in microseconds since 1970. */
    record Watermark(long micros) implements Packet {}

    /** Nothing may follow for a while: watermarks need not wait for this sender until it sends again. */
    record Idle() implements Packet {}

    /** Nothing will follow. */
    record End() implements Packet {}
}
