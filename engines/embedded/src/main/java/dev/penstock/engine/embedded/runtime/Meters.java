package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.Metrics;

/** Where measurements of one run go. */
interface Meters extends AutoCloseable {
    /** Measures nothing. */
    Meters NONE = new Meters() {
        @Override
        public Metrics of(String stepId) {
            return Metrics.NONE;
        }

        @Override
        public void observe(Counters counters) {}

        @Override
        public void close() {}
    };

    /** The meters of a step; those of the engine for the empty string. */
    Metrics of(String stepId);

    /** Shows what is counted. */
    void observe(Counters counters);

    /** Shows nothing any more. */
    @Override
    void close();
}
