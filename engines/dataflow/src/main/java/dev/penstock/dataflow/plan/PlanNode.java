package dev.penstock.dataflow.plan;

import dev.penstock.dataflow.operator.BatchFunction;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.Transform;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Config;
import java.time.Duration;
import java.util.List;

/** A step of a plan. */
public sealed interface PlanNode {
    /** Unique in the plan. */
    String id();

    /** The ids of the steps whose rows it gets; several are merged without order. */
    List<String> inputs();

    /** Reads rows. */
    record SourceNode(String id, Connector connector, Config config) implements PlanNode {
        @Override
        public List<String> inputs() {
            return List.of();
        }

        /** A new source, not open. */
        public Source create() {
            return connector.source(config);
        }
    }

    /** Changes rows batch by batch, without memory. */
    record TransformNode(String id, List<String> inputs, Connector connector, Config config) implements PlanNode {
        public TransformNode {
            inputs = List.copyOf(inputs);
        }

        /** A new transform, not open. */
        public Transform create() {
            return connector.transform(config);
        }
    }

    /**
     * Writes rows.
     *
     * @param mode append or upsert, as the pipeline wants it
     * @param commitInterval how long durable epochs are gathered before they are committed; zero for each at once
     */
    record SinkNode(
            String id, List<String> inputs, Connector connector, Config config, WriteMode mode, Duration commitInterval)
            implements PlanNode {
        public SinkNode {
            inputs = List.copyOf(inputs);
        }

        /** A new sink, not open. */
        public Sink create() {
            return connector.sink(config);
        }
    }

    /**
     * Changes rows batch by batch, without memory, by functions of a program.
     *
     * @param function what it does; several outputs are taken by {@link OutputNode}s
     */
    record FunctionNode(String id, List<String> inputs, BatchFunction function) implements PlanNode {
        public FunctionNode {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Keeps state by key.
     *
     * @param inputs one step for each input of {@code step}, in that order; they are not merged
     * @param settings what a pipeline file says of it, to tell when that changes; empty for the step of a program
     */
    record KeyedNode(String id, List<String> inputs, KeyedStep<?> step, String settings) implements PlanNode {
        public KeyedNode {
            if (!id.equals(step.id())) {
                throw new IllegalArgumentException("Cannot add step '" + id + "': its state would be found by '"
                        + step.id() + "'; give the step the id of its node");
            }
            inputs = List.copyOf(inputs);
        }

        /** The step of a program. */
        public KeyedNode(String id, List<String> inputs, KeyedStep<?> step) {
            this(id, inputs, step, "");
        }
    }

    /**
     * A further output of a step that has several; the id of the step itself stands for its first.
     *
     * @param input the step
     * @param output which of its outputs, from 1
     */
    record OutputNode(String id, String input, int output) implements PlanNode {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Spreads rows over all workers, evenly and in no order; several inputs are merged. */
    record SpreadNode(String id, List<String> inputs) implements PlanNode {
        public SpreadNode {
            inputs = List.copyOf(inputs);
        }
    }
}
