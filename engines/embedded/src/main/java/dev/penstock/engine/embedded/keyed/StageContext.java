package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.BatchOutput;
import dev.penstock.dataflow.operator.Key;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the operator of a stage sees; moved from key to key. */
final class StageContext<S> implements KeyContext<S> {
    private static final long MICROS_PER_MILLI = 1_000;

    private final KeyedState<S> states;
    private final BatchOutput downstream;
    private final RowEmitter[] emitters;

    @Nullable KeyEntry<S> entry;

    long watermark = NO_WATERMARK;
    long processingTime;
    long nowMillis;

    private long late;

    /** @param downstream what takes the batches of the emitters */
    StageContext(KeyedState<S> states, List<RowEmitter> emitters, BatchOutput downstream) {
        this.states = states;
        this.downstream = downstream;
        this.emitters = emitters.toArray(RowEmitter[]::new);
    }

    /** Sets the wall clock, in milliseconds. */
    void now(long millis) {
        nowMillis = millis;
        processingTime = millis * MICROS_PER_MILLI;
    }

    /** How many rows came too late, since the last call. */
    long takeLate() {
        long taken = late;
        late = 0;
        return taken;
    }

    private KeyEntry<S> entry() {
        KeyEntry<S> current = entry;
        if (current == null) {
            throw new IllegalStateException("Cannot use a context outside of the call it was handed to");
        }
        return current;
    }

    @Override
    public Key key() {
        return KeyIdentity.key(entry().id);
    }

    @Override
    public Optional<S> state() {
        return Optional.ofNullable(entry().state);
    }

    @Override
    public void put(S state) {
        states.put(entry(), state, nowMillis);
    }

    @Override
    public void drop() {
        states.dropState(entry());
    }

    @Override
    public void setTimer(Timer timer) {
        states.setTimer(entry(), timer);
    }

    @Override
    public void cancelTimer(Timer timer) {
        states.cancelTimer(entry(), timer);
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    public long processingTime() {
        return processingTime;
    }

    @Override
    public boolean isTaken(int output) {
        return downstream.isTaken(output);
    }

    @Override
    public void emit(int output, @Nullable Object... values) {
        emitters[output].emit(RecordBatch.NO_EVENT_TIME, values);
    }

    @Override
    public void emitAt(int output, long eventTime, @Nullable Object... values) {
        emitters[output].emit(eventTime, values);
    }

    @Override
    public void forward(int output, KeyedRows rows, int index) {
        emitters[output].forward(rows.batch(), rows.row(index));
    }

    @Override
    public void countLate(long rows) {
        late += rows;
    }
}
