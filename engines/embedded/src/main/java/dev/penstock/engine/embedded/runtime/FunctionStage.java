package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies a function of the program. What it throws stops the pipeline, whatever the policy for rows that cannot be
 * taken: nobody knows which rows it means.
 */
final class FunctionStage implements Stage {
    private final String id;
    private final BatchOperator operator;
    private final StepCounters counters;
    private final List<List<Stage>> outputs;
    private @Nullable RuntimeException passing;

    FunctionStage(String id, BatchOperator operator, StepCounters counters, List<List<Stage>> outputs) {
        this.id = id;
        this.operator = operator;
        this.counters = counters;
        this.outputs = List.copyOf(outputs);
    }

    @Override
    public void accept(RecordBatch batch) {
        counters.in(batch);
        try {
            operator.apply(batch, this::emit);
        } catch (ConnectorException e) {
            throw e;
        } catch (RuntimeException e) {
            if (e == passing) {
                throw e;
            }
            throw new FatalException(
                    "Cannot process rows in step '" + id + "': " + e + "; mend the step, then run again", e);
        }
    }

    /** A failure of a step behind is not one of this step, though it comes up in its call. */
    private void emit(int output, RecordBatch batch) {
        counters.out(batch);
        try {
            TransformStage.handOn(batch, output < outputs.size() ? outputs.get(output) : List.of());
        } catch (RuntimeException e) {
            passing = e;
            throw e;
        }
    }
}
