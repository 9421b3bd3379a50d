package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.ObjectColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the items of each key, and emits the count with each batch.
 *
 * @param endsKeys whether it wants to hear of the end
 * @param ended gets the keys that were told of it
 */
record Counting(boolean endsKeys, List<String> ended) implements KeyedStep<Long>, KeyedOperator<Long> {
    static final Schema SCHEMA = Schema.of(Field.of("key", DataType.OBJECT), Field.of("item", DataType.OBJECT));

    /** One that says nothing at the end. */
    Counting() {
        this(false, new ArrayList<>());
    }

    static RecordBatch batch(Object[] keys, Object[] items) {
        return RecordBatch.of(SCHEMA, keys.length, List.of(new ObjectColumn(keys), new ObjectColumn(items)));
    }

    @Override
    public String id() {
        return "count";
    }

    @Override
    public List<List<String>> keyColumns() {
        return List.of(List.of("key"));
    }

    @Override
    public List<Schema> outputs(List<Schema> inputs) {
        return inputs;
    }

    @Override
    public StateCodec<Long> codec() {
        return StateCodec.ofLong();
    }

    @Override
    public KeyedOperator<Long> create() {
        return this;
    }

    @Override
    public void onRows(KeyedRows rows, KeyContext<Long> context) {
        Object key = rows.batch().column(0).value(rows.row(0));
        long count = context.state().orElse(0L) + rows.count();
        context.put(count);
        context.emit(0, key, count);
    }

    @Override
    public void onEnd(KeyContext<Long> context) {
        ended.add(context.key().toString());
    }
}
