package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import org.jspecify.annotations.Nullable;

/** Folds the items of a key and gives the outcome at the end of bounded inputs. */
final class FoldFinalOperator<V, S> implements KeyedOperator<S> {
    private final Folder<V, S> folder;

    /** Folds items into the state of a key. */
    interface Folder<V, S> {
        /** The state of a key after {@code item}, where {@code state} is null for its first. */
        S fold(@Nullable S state, V item);
    }

    FoldFinalOperator(Folder<V, S> folder) {
        this.folder = folder;
    }

    /** Folds the items of a batch before the state is put. */
    @Override
    public void onRows(KeyedRows rows, KeyContext<S> context) {
        @Nullable Object[] items = ItemRows.items(rows);
        S state = folder.fold(context.state().orElse(null), ItemRows.item(items, rows.row(0)));
        for (int i = 1; i < rows.count(); i++) {
            state = folder.fold(state, ItemRows.item(items, rows.row(i)));
        }
        context.put(state);
    }

    @Override
    public void onEnd(KeyContext<S> context) {
        context.state().ifPresent(state -> ItemRows.emit(context, state));
        context.drop();
    }
}
