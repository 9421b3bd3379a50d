package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.data.RecordBatch;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What logic sees of a key; one object a worker, bound to each call. */
final class ItemContext<K, S, R> implements StatefulContext<K, S, R> {
    private final KeyType<K> keyType;
    private @Nullable KeyContext<S> context;
    private @Nullable Object key;
    private long eventTime;

    ItemContext(KeyType<K> keyType) {
        this.keyType = keyType;
    }

    /** Binds to a call for {@code rows}; see {@link #at} for the row. */
    void bind(KeyContext<S> newContext, KeyedRows rows) {
        context = newContext;
        key = ItemRows.key(rows);
    }

    /** What is emitted from now on happened at {@code newEventTime}. */
    void at(long newEventTime) {
        eventTime = newEventTime;
    }

    void bind(KeyContext<S> newContext, Timer timer) {
        context = newContext;
        key = null;
        eventTime = ItemRows.eventTime(timer);
    }

    void bindEnd(KeyContext<S> newContext) {
        context = newContext;
        key = null;
        eventTime = RecordBatch.NO_EVENT_TIME;
    }

    private KeyContext<S> context() {
        return requireNonNull(context, "context");
    }

    private Object keyValue() {
        Object value = key;
        if (value == null) {
            value = ItemRows.key(context().key());
            key = value;
        }
        return value;
    }

    @Override
    public K key() {
        return keyType.key(keyValue());
    }

    @Override
    public Optional<S> state() {
        return context().state();
    }

    @Override
    public void put(S state) {
        context().put(requireNonNull(state, "state"));
    }

    @Override
    public void drop() {
        context().drop();
    }

    @Override
    public void setTimer(Timer timer) {
        context().setTimer(timer);
    }

    @Override
    public void cancelTimer(Timer timer) {
        context().cancelTimer(timer);
    }

    @Override
    public Instant watermark() {
        return Timer.instant(context().watermark());
    }

    @Override
    public Instant now() {
        return Timer.instant(context().processingTime());
    }

    @Override
    public void emit(R item) {
        context().emitAt(0, eventTime, keyValue(), requireNonNull(item, "item"));
    }
}
