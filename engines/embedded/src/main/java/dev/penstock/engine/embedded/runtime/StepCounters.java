package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.StepProgress;
import dev.penstock.spi.data.RecordBatch;
import java.util.concurrent.atomic.LongAdder;

/** Counts what one step does; written by many threads, once a batch. */
final class StepCounters {
    final LongAdder rowsIn = new LongAdder();
    final LongAdder rowsOut = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder late = new LongAdder();

    void in(RecordBatch batch) {
        rowsIn.add(batch.rowCount());
    }

    void out(RecordBatch batch) {
        out(batch.rowCount(), batch.sizeInBytes());
    }

    void out(int rows, long bytes) {
        rowsOut.add(rows);
        bytesOut.add(bytes);
    }

    StepProgress progress() {
        return new StepProgress(rowsIn.sum(), rowsOut.sum(), bytesOut.sum(), rejected.sum());
    }
}
