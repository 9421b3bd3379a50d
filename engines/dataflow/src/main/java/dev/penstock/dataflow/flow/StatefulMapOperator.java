package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes something of each item and the state of its key; the state is put once a batch.
 *
 * @param <T> what is made
 */
final class StatefulMapOperator<V, S, T> implements KeyedOperator<S> {
    private final BiFunction<? super Optional<S>, ? super V, ? extends Update<S, ? extends T>> function;
    private final Emission<T> emission;

    /** What becomes of what was made of an item. */
    private interface Emission<T> {
        void emit(KeyContext<?> context, long eventTime, Object key, T made);
    }

    private StatefulMapOperator(
            BiFunction<? super Optional<S>, ? super V, ? extends Update<S, ? extends T>> function,
            Emission<T> emission) {
        this.function = function;
        this.emission = emission;
    }

    /** What {@code function} makes is an item. */
    static <V, S, R> StatefulMapOperator<V, S, R> ofItems(
            BiFunction<? super Optional<S>, ? super V, ? extends Update<S, ? extends R>> function) {
        return new StatefulMapOperator<>(function, (context, time, key, made) -> context.emitAt(0, time, key, made));
    }

    /** What {@code function} makes is any number of items. */
    static <V, S> StatefulMapOperator<V, S, Iterable<?>> ofMany(
            BiFunction<? super Optional<S>, ? super V, ? extends Update<S, ? extends Iterable<?>>> function) {
        return new StatefulMapOperator<>(function, (context, time, key, made) -> {
            for (Object item : made) {
                context.emitAt(0, time, key, requireNonNull(item, "item"));
            }
        });
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
            Update<S, ? extends T> update = function.apply(i == 0 ? state : Optional.ofNullable(after), items[row]);
            after = update.state();
            emission.emit(context, batch.eventTime(row), key, update.output());
        }
        if (after != null) {
            context.put(after);
        } else {
            context.drop();
        }
    }
}
