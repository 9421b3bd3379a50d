package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Folds the items of a key and gives the outcome at the end of bounded inputs. */
final class FoldFinalOperator<V, S> implements KeyedOperator<S> {
    private final Folder<V, S> folder;

    /** Folds items into the state of a key. */
    @FunctionalInterface
    private interface Folder<V, S> {
        /** The state of a key after {@code item}, where {@code state} is null for its first. */
        S fold(@Nullable S state, V item);
    }

    private FoldFinalOperator(Folder<V, S> folder) {
        this.folder = folder;
    }

    /** Folds items into what {@code initial} gives. */
    static <V, S> FoldFinalOperator<V, S> folding(
            Supplier<? extends S> initial, BiFunction<? super S, ? super V, ? extends S> folder) {
        return new FoldFinalOperator<>(
                (before, item) -> requireNonNull(folder.apply(before == null ? initial.get() : before, item), "state"));
    }

    /** Folds items into the first of them. */
    static <V> FoldFinalOperator<V, V> reducing(BinaryOperator<V> reducer) {
        return new FoldFinalOperator<>(
                (before, item) -> before == null ? item : requireNonNull(reducer.apply(before, item), "state"));
    }

    /** Counts items. */
    static <V> FoldFinalOperator<V, Long> counting() {
        return new FoldFinalOperator<>((before, item) -> before == null ? 1L : before + 1);
    }

    /** Folds the items of a batch before the state is put. */
    @Override
    public void onRows(KeyedRows rows, KeyContext<S> context) {
        V[] items = Items.of(rows.batch());
        S state = folder.fold(context.state().orElse(null), items[rows.row(0)]);
        for (int i = 1; i < rows.count(); i++) {
            state = folder.fold(state, items[rows.row(i)]);
        }
        context.put(state);
    }

    @Override
    public void onEnd(KeyContext<S> context) {
        context.state().ifPresent(state -> ItemRows.emit(context, state));
        context.drop();
    }
}
