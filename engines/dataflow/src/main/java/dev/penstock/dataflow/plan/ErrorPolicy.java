package dev.penstock.dataflow.plan;

/** What becomes of a row that cannot be read, transformed or written. */
public sealed interface ErrorPolicy {
    /** The pipeline fails before its position moves past the row. */
    record Halt() implements ErrorPolicy {}

    /**
     * The row is written to a sink of its own, and the position moves past it only when it is durable there.
     *
     * @param sink gets rows of {@code DeadLetters.SCHEMA}; its node has no inputs
     */
    record DeadLetter(PlanNode.SinkNode sink) implements ErrorPolicy {}
}
