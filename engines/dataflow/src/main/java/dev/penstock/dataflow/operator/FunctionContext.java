package dev.penstock.dataflow.operator;

/** What an operator may ask about where it runs. */
public interface FunctionContext {
    /** The full id of its step. */
    String stepId();

    /** The worker it runs on, from 0. */
    int worker();

    /** The epoch that the rows at hand belong to. */
    long epoch();
}
