package dev.penstock.dataflow.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What becomes of a row that cannot be read, transformed or written. */
public sealed interface ErrorPolicy {
    /** The pipeline fails before its position moves past the row. */
    record Halt() implements ErrorPolicy {}

    /**
     * The row is written to a sink of its own, and the position moves past it only when it is durable there.
     *
     * @param sink gets rows of {@code DeadLetters.SCHEMA}, or what the encoder makes of them; neither is among the
     *     nodes of the plan
     * @param encoder makes records of the rows before the sink, if the sink was given a format
     */
    record DeadLetter(PlanNode.SinkNode sink, Optional<PlanNode.TransformNode> encoder) implements ErrorPolicy {
        public DeadLetter {
            requireNonNull(sink, "sink");
            requireNonNull(encoder, "encoder");
        }

        /** Rows are written as they are. */
        public DeadLetter(PlanNode.SinkNode sink) {
            this(sink, Optional.empty());
        }
    }
}
