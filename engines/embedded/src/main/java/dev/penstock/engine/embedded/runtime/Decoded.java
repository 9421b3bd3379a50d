package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;

/**
 * What the reading thread made of a batch.
 *
 * @param rows what goes on to the worker
 * @param input the batch that {@code rejected} speaks of
 * @param rejected rows that could not be decoded
 */
record Decoded(RecordBatch rows, RecordBatch input, List<RejectedRow> rejected) {
    /** Nothing was to be done. */
    static Decoded untouched(RecordBatch rows) {
        return new Decoded(rows, rows, List.of());
    }
}
