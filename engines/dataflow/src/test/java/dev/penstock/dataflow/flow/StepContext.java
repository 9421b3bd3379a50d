package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.FunctionContext;

/** What a step is told when it runs alone: the first worker and the first epoch. */
record StepContext(String stepId) implements FunctionContext {
    @Override
    public int worker() {
        return 0;
    }

    @Override
    public long epoch() {
        return 1;
    }
}
