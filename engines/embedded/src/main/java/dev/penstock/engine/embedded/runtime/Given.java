package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;

/**
 * What a source gave, for counting, when the batch itself may be gone already.
 *
 * @param bytes of memory, before decoding
 * @param newestMicros the event time of the last row, or {@link RecordBatch#NO_EVENT_TIME}
 * @param byOperation how many rows have each {@link Operation#code()}
 */
record Given(int rows, long bytes, long newestMicros, int[] byOperation) {
    static Given of(RecordBatch batch) {
        int rows = batch.rowCount();
        long newest = rows == 0 ? RecordBatch.NO_EVENT_TIME : batch.eventTime(rows - 1);
        return new Given(rows, batch.sizeInBytes(), newest, byOperation(batch));
    }

    private static int[] byOperation(RecordBatch batch) {
        int[] found = new int[Operation.values().length];
        if (batch.allInserts()) {
            found[Operation.INSERT.code()] = batch.rowCount();
            return found;
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            found[batch.operation(row).code()]++;
        }
        return found;
    }
}
