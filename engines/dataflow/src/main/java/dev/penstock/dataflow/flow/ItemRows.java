package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.Key;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.data.RecordBatch;

/** The keys that operators are called with. */
final class ItemRows {
    private ItemRows() {}

    /** The canonical key of {@code rows}: the object that came with them, not decoded from bytes. */
    static Object key(KeyedRows rows) {
        return requireNonNull(Items.column(rows.batch(), 0)[rows.row(0)], "key");
    }

    /** The canonical key where there are no rows to take it from. */
    static Object key(Key key) {
        return requireNonNull(key.values()[0], "key");
    }

    /** The event time of what is emitted because of {@code timer}. */
    static long eventTime(Timer timer) {
        return timer.domain() == TimeDomain.EVENT ? timer.time() : RecordBatch.NO_EVENT_TIME;
    }

    /** Emits {@code item} at the end of inputs, or for a timer of the wall clock. */
    static void emit(KeyContext<?> context, Object item) {
        context.emit(0, key(context.key()), item);
    }
}
