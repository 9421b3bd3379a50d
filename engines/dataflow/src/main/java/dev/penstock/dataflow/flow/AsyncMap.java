package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.BatchOutput;
import dev.penstock.spi.data.RecordBatch;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Maps the items of a batch by an asynchronous function, several at once, and waits for all of them. */
final class AsyncMap<T, R> implements BatchOperator {
    private final Function<? super T, ? extends CompletionStage<? extends R>> function;
    private final AsyncOptions options;
    private final String step;

    AsyncMap(Function<? super T, ? extends CompletionStage<? extends R>> function, AsyncOptions options, String step) {
        this.function = function;
        this.options = options;
        this.step = step;
    }

    @Override
    public void apply(RecordBatch batch, BatchOutput out) {
        T[] items = Items.of(batch);
        AsyncCalls<T, R> calls = new AsyncCalls<>(items, options, step);
        try {
            calls.run(function);
        } finally {
            calls.cancelRest();
        }
        out.emit(
                0,
                options.order() == AsyncOptions.Order.ORDERED
                        ? Items.replaced(batch, calls.results())
                        : Items.replaced(batch, calls.finished(), calls.resultsAsFinished(), items.length));
    }
}
