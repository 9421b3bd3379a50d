package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.BatchFunction;
import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.spi.data.Schema;
import java.util.List;

/** Brings the rows of several steps together before one that does not. */
public final class MergedRows implements BatchFunction {
    @Override
    public List<Schema> outputs(Schema input) {
        return List.of(input);
    }

    @Override
    public BatchOperator create(FunctionContext context) {
        return (batch, out) -> out.emit(0, batch);
    }
}
