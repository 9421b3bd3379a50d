package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.Schema;
import java.util.List;

/** What a step without memory does to batches, as a program declares it. Immutable; used by all workers. */
public interface BatchFunction {
    /** The columns of each output, of which there is at least one; pure. */
    List<Schema> outputs(Schema input);

    /** A new operator for one worker, used by one thread at a time. */
    BatchOperator create(FunctionContext context);

    /** What it is called in graphs. */
    default String kind() {
        return "function";
    }

    /** Whether it gives the same rows again when it gets the same rows again. */
    default boolean deterministic() {
        return true;
    }
}
