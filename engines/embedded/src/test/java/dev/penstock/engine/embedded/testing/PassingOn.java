package dev.penstock.engine.embedded.testing;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.spi.data.Schema;
import java.util.List;

/** Keys the rows of {@link NumbersSource} by partition, remembers nothing and passes whole batches on. */
public record PassingOn(String id) implements KeyedStep<Long>, KeyedOperator<Long> {
    @Override
    public List<List<String>> keyColumns() {
        return List.of(List.of("partition"));
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
        for (int i = 0; i < rows.count(); i++) {
            context.forward(0, rows, i);
        }
    }
}
