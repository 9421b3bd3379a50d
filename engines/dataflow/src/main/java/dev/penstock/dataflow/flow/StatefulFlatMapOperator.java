package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes of each item and the state of its key any number of items; the state is put once a batch. */
final class StatefulFlatMapOperator<V, S, R> implements KeyedOperator<S> {
    private final BiFunction<? super Optional<S>, ? super V, ? extends Update<S, ? extends Iterable<? extends R>>>
            function;

    StatefulFlatMapOperator(
            BiFunction<? super Optional<S>, ? super V, ? extends Update<S, ? extends Iterable<? extends R>>> function) {
        this.function = function;
    }

    @Override
    public boolean endsKeys() {
        return false;
    }

    @Override
    public void onRows(KeyedRows rows, KeyContext<S> context) {
        RecordBatch batch = rows.batch();
        V[] items = Items.of(rows.batch());
        Object key = ItemRows.key(rows);
        Optional<S> state = context.state();
        @Nullable S after = null;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            Update<S, ? extends Iterable<? extends R>> update =
                    function.apply(i == 0 ? state : Optional.ofNullable(after), items[row]);
            after = update.state();
            for (R output : update.output()) {
                context.emitAt(0, batch.eventTime(row), key, requireNonNull(output, "item"));
            }
        }
        if (after != null) {
            context.put(after);
        } else {
            context.drop();
        }
    }
}
