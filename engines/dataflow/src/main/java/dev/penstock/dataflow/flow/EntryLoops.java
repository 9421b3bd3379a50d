package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.spi.data.RecordBatch;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The loops of steps that take keyed streams apart. */
final class EntryLoops {
    private EntryLoops() {}

    static BatchOperator dropKey() {
        return (batch, out) -> out.emit(0, Items.withoutKeys(batch));
    }

    /** Makes an entry of each key and item. */
    static <K> BatchOperator entries(KeyType<K> type) {
        return (batch, out) -> {
            @Nullable Object[] entries = new Object[batch.rowCount()];
            for (int i = 0; i < entries.length; i++) {
                entries[i] = entry(type, batch, i);
            }
            out.emit(0, Items.replaced(Items.withoutKeys(batch), entries));
        };
    }

    static <K, V> BatchOperator inspect(
            KeyType<K> type, Inspector<? super Map.Entry<K, V>> inspector, FunctionContext context) {
        return (batch, out) -> {
            for (int i = 0; i < batch.rowCount(); i++) {
                inspector.inspect(
                        context.stepId(), EntryLoops.entry(type, batch, i), context.epoch(), context.worker());
            }
            out.emit(0, batch);
        };
    }

    private static <K, V> Map.Entry<K, V> entry(KeyType<K> type, RecordBatch batch, int row) {
        Object key = java.util.Objects.requireNonNull(Items.column(batch, 0)[row], Items.KEY);
        return Map.entry(type.key(key), Items.<V>of(batch)[row]);
    }
}
