package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.BatchFunction;
import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.function.Function;

/**
 * A step without memory of a flow.
 *
 * @param kind what it is called in graphs
 * @param columns of each output
 * @param deterministic whether the same rows give the same again
 * @param operator makes the operator of one worker
 */
record StepFunction(
        String kind, List<Schema> columns, boolean deterministic, Function<FunctionContext, BatchOperator> operator)
        implements BatchFunction {
    StepFunction {
        requireNonNull(kind, "kind");
        columns = List.copyOf(columns);
        requireNonNull(operator, "operator");
    }

    /** A step that gives the items of one stream, the same ones again for the same. */
    static StepFunction items(String kind, Function<FunctionContext, BatchOperator> operator) {
        return new StepFunction(kind, List.of(Items.STREAM), true, operator);
    }

    /** As {@link #items}, of a keyed stream. */
    static StepFunction keyed(String kind, Function<FunctionContext, BatchOperator> operator) {
        return new StepFunction(kind, List.of(Items.KEYED), true, operator);
    }

    /** This step, which may give others when it is run again. */
    StepFunction uncertain() {
        return new StepFunction(kind, columns, false, operator);
    }

    /** This step with two outputs of the same columns. */
    StepFunction twice() {
        return new StepFunction(kind, List.of(columns.get(0), columns.get(0)), deterministic, operator);
    }

    @Override
    public List<Schema> outputs(Schema input) {
        return columns;
    }

    @Override
    public BatchOperator create(FunctionContext context) {
        return operator.apply(context);
    }
}
