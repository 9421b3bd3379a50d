package dev.penstock.engine.embedded.keyed;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;

/** What travels through an exchange, in the order it was sent. */
public sealed interface Packet {
    /** The memory it takes while it waits; only rows are counted. */
    default long sizeInBytes() {
        return 0;
    }

    /**
     * Some rows.
     *
     * @param origin where they come from, if those at the far end have to know
     */
    record Rows(RecordBatch batch, Optional<RowOrigin> origin) implements Packet {
        public Rows {
            requireNonNull(batch, "batch");
            requireNonNull(origin, "origin");
        }

        /** Rows of no matter where. */
        public Rows(RecordBatch batch) {
            this(batch, Optional.empty());
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

    /** Something about time that is passed on. */
    record Time(TimeEvent event) implements Packet {}

    /** Nothing will follow. */
    record End() implements Packet {}
}
