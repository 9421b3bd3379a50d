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

    RowEmitter(Schema schema, Consumer<RecordBatch> downstream) {
        this.rows = new BatchBuilder(schema);
        this.downstream = downstream;
    }

    void emit(long eventTime, @Nullable Object... values) {
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

    private boolean isFull() {
        return rows.rowCount() >= MOST_ROWS
                || (rows.rowCount() % ROWS_BETWEEN_LOOKS == 0 && rows.sizeInBytes() >= MOST_BYTES);
    }

    void flush() {
        int count = rows.rowCount();
        if (count == 0) {
            return;
        }
        RecordBatch batch = rows.build();
        downstream.accept(anyEventTime ? batch.withEventTimes(Arrays.copyOf(eventTimes, count)) : batch);
        anyEventTime = false;
    }
}
