package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.DeadLetters;
import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.dataflow.plan.PlanNode.TransformNode;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens sinks and agrees with all of them on the columns before any of them changes its target (SA-08). */
final class SinkOpener {
    private final Surroundings surroundings;
    private final long generation;
    private final Closing closing;
    private final List<SinkStep> opened = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    SinkOpener(Surroundings surroundings, long generation, Closing closing) {
        this.surroundings = surroundings;
        this.generation = generation;
        this.closing = closing;
    }

    SinkStep open(SinkNode node, Schema schema) {
        Sink sink = closing.add(node.create());
        sink.open(new StepContext(surroundings, node.id(), generation));
        SinkStep step = new SinkStep(surroundings.plan().pipeline(), node, sink);
        problems.addAll(step.plan(schema));
        opened.add(step);
        return step;
    }

    Optional<DeadLetterStep> deadLetters(ErrorPolicy policy) {
        if (!(policy instanceof ErrorPolicy.DeadLetter letters)) {
            return Optional.empty();
        }
        Schema schema = letters.encoder().map(SinkOpener::encoded).orElse(DeadLetters.SCHEMA);
        return Optional.of(new DeadLetterStep(open(letters.sink(), schema), letters.encoder(), schema));
    }

    private static Schema encoded(TransformNode encoder) {
        try (Transform transform = encoder.create()) {
            return transform.output(DeadLetters.SCHEMA);
        }
    }

    /**
     * Creates what all sinks need outside.
     *
     * @throws ConfigException with the problems of all sinks, if any has one
     */
    void provision() {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        opened.forEach(SinkStep::provision);
    }
}
