package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.StepProgress;
import dev.penstock.engine.embedded.keyed.KeyedStage;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** Counts what one step does; written by many threads, once a batch. */
final class StepCounters {
    final LongAdder rowsIn = new LongAdder();
    final LongAdder rowsOut = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder late = new LongAdder();
    private volatile List<KeyedStage<?>> keyed = List.of();

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

    /** The workers of a step with memory are {@code workers} from now on; gives whether they are the first. */
    synchronized boolean keeps(List<KeyedStage<?>> workers) {
        boolean first = keyed.isEmpty();
        keyed = List.copyOf(workers);
        return first;
    }

    /** How many keys the step has, in memory and not. */
    long stateKeys() {
        return sum(KeyedStage::keys);
    }

    /** What those in memory take, in bytes, roughly. */
    long stateBytes() {
        return sum(KeyedStage::stateBytes);
    }

    /** How many keys are not in memory. */
    long spilledKeys() {
        return sum(KeyedStage::spilledKeys);
    }

    private long sum(ToLongFunction<KeyedStage<?>> value) {
        return keyed.stream().mapToLong(value).sum();
    }

    StepProgress progress() {
        return new StepProgress(rowsIn.sum(), rowsOut.sum(), bytesOut.sum(), rejected.sum());
    }
}
