package dev.penstock.engine.embedded.keyed;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gathers the rows emitted by one output into batches. */
final class RowEmitter {
    private static final int MOST_ROWS = 4_096;
    private static final long MOST_BYTES = 1L << 20;
    private static final int ROWS_BETWEEN_LOOKS = 64;

    private final BatchBuilder rows;
    private final Consumer<RecordBatch> downstream;
    private long[] eventTimes = new long[ROWS_BETWEEN_LOOKS];
    private boolean anyEventTime;
    private @Nullable RecordBatch forwarded;
    private int[] forwardedRows = new int[ROWS_BETWEEN_LOOKS];
    private int forwardedCount;

    RowEmitter(Schema schema, Consumer<RecordBatch> downstream) {
        this.rows = new BatchBuilder(schema);
        this.downstream = downstream;
    }

    void emit(long eventTime, @Nullable Object... values) {
        flushForwarded();
        int index = rows.rowCount();
        rows.append(values);
        if (index == eventTimes.length) {
            eventTimes = Arrays.copyOf(eventTimes, index * 2);
        }
        eventTimes[index] = eventTime;
        anyEventTime |= eventTime != RecordBatch.NO_EVENT_TIME;
        if (isFull()) {
            flush();
        }
    }

    /** Row {@code row} of {@code batch} goes on as it is; rows of one batch go together. */
    void forward(RecordBatch batch, int row) {
        if (batch != forwarded) {
            flush(); // what was emitted before goes first
            forwarded = batch;
        }
        if (forwardedCount == forwardedRows.length) {
            forwardedRows = Arrays.copyOf(forwardedRows, forwardedCount * 2);
        }
        forwardedRows[forwardedCount++] = row;
    }

    private void flushForwarded() {
        RecordBatch batch = forwarded;
        forwarded = null;
        int count = forwardedCount;
        forwardedCount = 0;
        if (batch != null) {
            // The batch may keep the numbers of its rows, so they are copied.
            downstream.accept(batch.take(Arrays.copyOf(forwardedRows, count), count));
        }
    }

    private boolean isFull() {
        return rows.rowCount() >= MOST_ROWS
                || (rows.rowCount() % ROWS_BETWEEN_LOOKS == 0 && rows.sizeInBytes() >= MOST_BYTES);
    }

    void flush() {
        flushForwarded();
        int count = rows.rowCount();
        if (count == 0) {
            return;
        }
        RecordBatch batch = rows.build();
        downstream.accept(anyEventTime ? batch.withEventTimes(Arrays.copyOf(eventTimes, count)) : batch);
        anyEventTime = false;
    }
}
