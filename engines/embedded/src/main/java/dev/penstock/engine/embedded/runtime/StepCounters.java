package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.engine.embedded.StepProgress;
import dev.penstock.engine.embedded.keyed.KeyedStage;
import dev.penstock.engine.embedded.keyed.StageMeters;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
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
    private volatile AtomicLongArray watermarks = new AtomicLongArray(0);

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
        watermarks = new AtomicLongArray(
                workers.stream().mapToLong(KeyedStage::watermark).toArray());
        return first;
    }

    /** The watermark of worker {@code worker} has moved. */
    void watermark(int worker, long micros) {
        watermarks.lazySet(worker, micros);
    }

    /** The least watermark over all workers; not a number if there is none, before the first row and after the end. */
    double watermarkMicros() {
        AtomicLongArray all = watermarks;
        long least = Long.MAX_VALUE;
        for (int worker = 0; worker < all.length(); worker++) {
            least = Math.min(least, all.get(worker));
        }
        return least == Long.MAX_VALUE || least == KeyContext.NO_WATERMARK ? Double.NaN : least;
    }

    /** How many keys the step has, in memory and not. */
    long stateKeys() {
        return sum(StageMeters::keys);
    }

    /** What those in memory take, in bytes, roughly. */
    long stateBytes() {
        return sum(StageMeters::stateBytes);
    }

    /** How many keys are not in memory. */
    long spilledKeys() {
        return sum(StageMeters::spilledKeys);
    }

    /** How many windows they hold open, in memory and not. */
    long openWindows() {
        return sum(StageMeters::openWindows);
    }

    private long sum(ToLongFunction<StageMeters> value) {
        return keyed.stream().map(KeyedStage::meters).mapToLong(value).sum();
    }

    StepProgress progress() {
        return new StepProgress(rowsIn.sum(), rowsOut.sum(), bytesOut.sum(), rejected.sum());
    }
}
