package dev.penstock.engine.embedded.testing;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.List;

/**
 * Keeps the last number of each partition of {@link NumbersSource} and emits it some time after the first, by the wall
 * clock.
 */
public record LastValues(String id, Duration after) implements KeyedStep<Long> {
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
        return new KeyedOperator<>() {
            @Override
            public void onRows(KeyedRows rows, KeyContext<Long> context) {
                if (context.state().isEmpty()) {
                    context.setTimer(Timer.processingTime(context.processingTime() + after.toNanos() / 1_000, 0));
                }
                LongColumn numbers = (LongColumn) rows.batch().column("number");
                context.put(numbers.get(rows.row(rows.count() - 1)));
            }

            @Override
            public void onTimer(Timer timer, KeyContext<Long> context) {
                context.emit(0, context.key().values()[0], context.state().orElseThrow());
                context.drop();
            }
        };
    }
}
