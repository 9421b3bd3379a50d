package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.Timer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Hands items to a {@link StatefulBatchLogic} as they arrived. */
final class BatchLogicOperator<K, V, S, R> implements KeyedOperator<S> {
    private final StatefulBatchLogic<K, V, S, R> logic;
    private final ItemContext<K, S, R> typed;
    private final List<V> arrived = new ArrayList<>();
    private final List<V> handedOver = Collections.unmodifiableList(arrived);

    BatchLogicOperator(StatefulBatchLogic<K, V, S, R> logic, KeyType<K> keyType) {
        this.logic = logic;
        this.typed = new ItemContext<>(keyType);
    }

    @Override
    public void onRows(KeyedRows rows, KeyContext<S> context) {
        V[] items = Items.of(rows.batch());
        for (int i = 0; i < rows.count(); i++) {
            arrived.add(items[rows.row(i)]);
        }
        typed.bind(context, rows);
        typed.at(rows.batch().eventTime(rows.row(rows.count() - 1)));
        logic.onBatch(handedOver, typed);
        arrived.clear();
    }

    @Override
    public void onTimer(Timer timer, KeyContext<S> context) {
        typed.bind(context, timer);
        logic.onTimer(timer, typed);
    }

    @Override
    public void onEnd(KeyContext<S> context) {
        typed.bindEnd(context);
        logic.onEnd(typed);
    }
}
