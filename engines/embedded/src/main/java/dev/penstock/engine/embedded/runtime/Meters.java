package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.Metrics;

/** Makes the meters of steps and of the engine itself. */
public interface Meters {
    /** Measures nothing. */
    Meters NONE = stepId -> Metrics.NONE;

    /** The meters of a step; those of the engine for the empty string. */
    Metrics of(String stepId);
}
