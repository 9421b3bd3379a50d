package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.data.RecordBatch;

/** Hands items to a {@link StatefulLogic} one by one. */
final class LogicOperator<K, V, S, R> implements KeyedOperator<S> {
    private final StatefulLogic<K, V, S, R> logic;
    private final ItemContext<K, S, R> typed;

    LogicOperator(StatefulLogic<K, V, S, R> logic, KeyType<K> keyType) {
        this.logic = logic;
        this.typed = new ItemContext<>(keyType);
    }

    @Override
    public void onRows(KeyedRows rows, KeyContext<S> context) {
        RecordBatch batch = rows.batch();
        V[] items = Items.of(rows.batch());
        typed.bind(context, rows);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            typed.at(batch.eventTime(row));
            logic.onItem(items[row], typed);
        }
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
