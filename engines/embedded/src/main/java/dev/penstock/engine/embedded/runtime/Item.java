package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.ResumeState;
import java.util.List;

/** What a reader hands to a worker. */
sealed interface Item {
    /** The room it takes in the queue. */
    default long bytes() {
        return 0;
    }

    /** How many rows it has. */
    default int rows() {
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
        /** What objects take beside their content, roughly: even what seems empty takes room. */
        private static final long OVERHEAD = 128;

        @Override
        public long bytes() {
            long bytes = OVERHEAD + decoded.rows().sizeInBytes();
            if (!decoded.rejected().isEmpty()) {
                bytes += decoded.input().sizeInBytes()
                        + OVERHEAD * decoded.rejected().size();
            }
            for (BadRow row : bad) {
                bytes += OVERHEAD + row.bytes().length();
            }
            return bytes;
        }

        @Override
        public int rows() {
            return decoded.rows().rowCount();
        }
    }

    /** A position without rows. */
    record Idle(PartitionReader from, ResumeState position) implements Item {}

    /** These partitions are read from now on. */
    record Begin(List<PartitionReader> partitions) implements Item {}

    /** All partitions that were there at the start have begun. */
    record Begun() implements Item {}

    /** A partition has given nothing since {@code sinceMillis}. */
    record Silent(PartitionReader from, long sinceMillis) implements Item {}

    /** No more rows. */
    record End(PartitionReader from, ResumeState last) implements Item {}
}
