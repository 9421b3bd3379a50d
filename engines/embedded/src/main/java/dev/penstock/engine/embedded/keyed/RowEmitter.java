package dev.penstock.engine.embedded.keyed;

import dev.penstock.spi.data.DataType;
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

    private final EmittedRows rows;
    private final Consumer<RecordBatch> downstream;
    private long[] eventTimes = new long[ROWS_BETWEEN_LOOKS];
    private boolean anyEventTime;
    private @Nullable RecordBatch forwarded;
    private int[] forwardedRows = new int[ROWS_BETWEEN_LOOKS];
    private int forwardedCount;

    RowEmitter(Schema schema, Consumer<RecordBatch> downstream) {
        this.rows = areObjects(schema) ? new EmittedObjects(schema) : new EmittedRows.OfValues(schema);
        this.downstream = downstream;
    }

    private static boolean areObjects(Schema schema) {
        return schema.fields().stream().allMatch(field -> field.type() == DataType.OBJECT);
    }

    void emit(long eventTime, @Nullable Object... values) {
        flushForwarded();
        int index = rows.count();
        rows.append(values);
        if (anyEventTime || eventTime != RecordBatch.NO_EVENT_TIME) {
            time(index, eventTime);
        }
        if (isFull()) {
            flush();
        }
    }

    private void time(int index, long eventTime) {
        if (index >= eventTimes.length) {
            eventTimes = Arrays.copyOf(eventTimes, Math.max(index + 1, eventTimes.length * 2));
        }
        if (!anyEventTime) {
            Arrays.fill(eventTimes, 0, index, RecordBatch.NO_EVENT_TIME);
            anyEventTime = true;
        }
        eventTimes[index] = eventTime;
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
        return rows.count() >= MOST_ROWS
                || (rows.count() % ROWS_BETWEEN_LOOKS == 0 && rows.sizeInBytes() >= MOST_BYTES);
    }

    void flush() {
        flushForwarded();
        int count = rows.count();
        if (count == 0) {
            return;
        }
        RecordBatch batch = rows.build();
        boolean timed = anyEventTime;
        anyEventTime = false;
        downstream.accept(timed ? batch.withEventTimes(Arrays.copyOf(eventTimes, count)) : batch);
    }
}
