package dev.penstock.engine.embedded.testing;

import dev.penstock.dataflow.operator.BatchFunction;
import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.BatchOutput;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Functions for tests. */
public final class Functions {
    private Functions() {}

    /** Makes batches of {@code output} of others. */
    public record Mapping(Schema output, UnaryOperator<RecordBatch> map) implements BatchFunction {
        @Override
        public List<Schema> outputs(Schema input) {
            return List.of(output);
        }

        @Override
        public BatchOperator create(FunctionContext context) {
            return (batch, out) -> out.emit(0, map.apply(batch));
        }
    }

    /** Fails at the first batch, and counts how many of its operators are open. */
    public record Failing(Schema output, AtomicInteger open) implements BatchFunction {
        @Override
        public List<Schema> outputs(Schema input) {
            return List.of(output);
        }

        @Override
        public BatchOperator create(FunctionContext context) {
            open.incrementAndGet();
            return new BatchOperator() {
                @Override
                public void apply(RecordBatch batch, BatchOutput out) {
                    throw new IllegalStateException("no idea");
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        }
    }
}
