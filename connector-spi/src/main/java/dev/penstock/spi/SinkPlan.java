package dev.penstock.spi;

import dev.penstock.spi.config.Problem;
import java.util.List;

/** A sink's answer to a schema. */
public sealed interface SinkPlan {
    /** Rows can be written as they are; the target exists or can be made. */
    record Accept() implements SinkPlan {}

    /**
     * Rows can be written once the target has been changed; {@link Sink#provision} does it.
     *
     * @param changes each for people, for example {@code add column discount: decimal(10,2)}
     */
    record Evolve(List<String> changes) implements SinkPlan {
        public Evolve {
            changes = List.copyOf(changes);
        }
    }

    /** Rows cannot be written. */
    record Reject(List<Problem> problems) implements SinkPlan {
        public Reject {
            problems = List.copyOf(problems);
        }
    }
}
