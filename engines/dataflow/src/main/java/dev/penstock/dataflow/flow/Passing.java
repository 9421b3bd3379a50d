package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.BatchFunction;
import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.spi.data.Schema;
import java.util.List;

/** Hands every batch on as it is: merges what comes in by several inputs. */
enum Passing implements BatchFunction {
    INSTANCE;

    @Override
    public String kind() {
        return "merge";
    }

    @Override
    public List<Schema> outputs(Schema input) {
        return List.of(input);
    }

    @Override
    public BatchOperator create(FunctionContext context) {
        return (batch, out) -> out.emit(0, batch);
    }
}
