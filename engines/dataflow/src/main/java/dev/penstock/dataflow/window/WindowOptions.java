package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.TimeDomain;
import java.time.Duration;
import java.util.Optional;

/**
 * How a step with windows runs.
 *
 * @param windower which windows values belong to
 * @param clock whether times and watermarks are those of the rows, or both are the wall clock
 * @param ordered whether values wait until the watermark reaches them and are then added in the order of time; else
 *     they are added as they come
 * @param allowedLateness how long windows are kept behind their end for late values; without it, values behind the
 *     watermark are late even if their window is open
 * @param trigger when open windows give out what is known so far
 */
public record WindowOptions(
        Windower windower,
        TimeDomain clock,
        boolean ordered,
        Optional<Duration> allowedLateness,
        Optional<EarlyTrigger> trigger) {
    public WindowOptions {
        requireNonNull(windower, "windower");
        requireNonNull(clock, "clock");
        requireNonNull(allowedLateness, "allowedLateness");
        requireNonNull(trigger, "trigger");
        allowedLateness.ifPresent(duration -> Micros.requireNotNegative(duration, "allowed lateness"));
    }

    /** Values in the order of time, nothing late, no trigger. */
    public static WindowOptions of(Windower windower, TimeDomain clock) {
        return new WindowOptions(windower, clock, true, Optional.empty(), Optional.empty());
    }

    /** These options, ordered or not. */
    public WindowOptions withOrdered(boolean inOrder) {
        return new WindowOptions(windower, clock, inOrder, allowedLateness, trigger);
    }

    /** These options with late values. */
    public WindowOptions withAllowedLateness(Duration allowed) {
        return new WindowOptions(windower, clock, ordered, Optional.of(allowed), trigger);
    }

    /** These options with a trigger. */
    public WindowOptions withTrigger(EarlyTrigger early) {
        return new WindowOptions(windower, clock, ordered, allowedLateness, Optional.of(early));
    }
}
