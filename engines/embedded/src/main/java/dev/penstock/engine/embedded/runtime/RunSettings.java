package dev.penstock.engine.embedded.runtime;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a run needs beside its plan.
 *
 * @param stores opens the pipeline's state; if empty, it is kept where the plan says
 * @param registry where measurements go, if anywhere
 * @param clock what processing time follows
 */
public record RunSettings(Optional<Stores> stores, Optional<MeterRegistry> registry, InstantSource clock) {
    /** What holds if nothing is said. */
    public static final RunSettings DEFAULT =
            new RunSettings(Optional.empty(), Optional.empty(), InstantSource.system());

    public RunSettings {
        requireNonNull(stores, "stores");
        requireNonNull(registry, "registry");
        requireNonNull(clock, "clock");
    }

    /** These settings with another place for state. */
    public RunSettings with(Stores other) {
        return new RunSettings(Optional.of(other), registry, clock);
    }

    /** These settings with measurements in {@code other}. */
    public RunSettings with(MeterRegistry other) {
        return new RunSettings(stores, Optional.of(other), clock);
    }

    /** These settings with another clock. */
    public RunSettings with(InstantSource other) {
        return new RunSettings(stores, registry, other);
    }
}
