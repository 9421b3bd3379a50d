package dev.penstock.spi.data;

import java.util.Map;

/**
 * Where the rows of a batch came from; asked only when somebody wants to know, as for a rejected row.
 *
 * <p>Implementations are immutable, cheap to make and may be asked from any thread.
 */
public interface Origin {
    /** Of rows that were made rather than read. */
    Origin NONE = new Origin() {
        @Override
        public String partition(int row) {
            return "";
        }

        @Override
        public String position(int row) {
            return "";
        }
    };

    /** The id of the partition {@code row} was read from, or the empty string. */
    String partition(int row);

    /** The place in the partition for people, for example {@code byte 1812}, or the empty string. */
    String position(int row);

    /** What holds for all rows alike and is needed to decode them, for example the header line of their csv file. */
    default Map<String, String> attributes() {
        return Map.of();
    }

    /** The origin of the picked rows. */
    default Origin take(int[] rows, int count) {
        return this == NONE ? NONE : new PickedOrigin(this, rows, count);
    }

    /** The origin of the rows from {@code from} on. */
    default Origin from(int from) {
        return this == NONE || from == 0 ? this : new ShiftedOrigin(this, from);
    }
}
