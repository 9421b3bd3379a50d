package dev.penstock.spi;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;

/**
 * Makes the meters of one step. Names are dotted, lower case, for example {@code files.open}; the engine adds the
 * pipeline and the step as tags. Asking for the same name twice gives the same meter. Thread safe.
 */
public interface Metrics {
    /** Counts nothing. */
    Metrics NONE = new Metrics() {
        @Override
        public LongConsumer counter(String name) {
            return amount -> {};
        }

        @Override
        public void gauge(String name, DoubleSupplier value) {}

        @Override
        public Timer timer(String name) {
            return duration -> {};
        }
    };

    /** A sum that only grows; takes the amount to add. */
    LongConsumer counter(String name);

    /** A value that is asked for when somebody looks. */
    void gauge(String name, DoubleSupplier value);

    /** The distribution of durations. */
    Timer timer(String name);

    /** Records durations. */
    @FunctionalInterface
    interface Timer {
        /** Records one. */
        void record(Duration duration);
    }
}
