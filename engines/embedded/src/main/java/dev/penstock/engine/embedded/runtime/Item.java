package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.ResumeState;
import java.util.List;

/** What a reader hands to a worker. */
sealed interface Item {
    /** The partition it is about. */
    PartitionReader from();

    /** The room it takes in the queue. */
    default long bytes() {
        return 0;
    }

    /**
     * Some rows.
     *
     * @param given what the source gave
     * @param decoded what the reading thread has made of them
     */
    record Rows(PartitionReader from, Given given, Decoded decoded, List<BadRow> bad, ResumeState after)
            implements Item {
        @Override
        public long bytes() {
            return decoded.rows().sizeInBytes();
        }
    }

    /** A position without rows. */
    record Idle(PartitionReader from, ResumeState position) implements Item {}

    /** No more rows. */
    record End(PartitionReader from, ResumeState last) implements Item {}
}
