package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.PlanNode.TransformNode;
import dev.penstock.spi.data.Schema;
import java.util.Optional;

/**
 * Where dead letters go.
 *
 * @param encoder what they go through first
 * @param schema what the sink is given
 */
record DeadLetterStep(SinkStep sink, Optional<TransformNode> encoder, Schema schema) {}
