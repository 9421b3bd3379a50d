package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.Plan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What stays the same over all incarnations of one call of run.
 *
 * @param plan what to run
 * @param stores opens the pipeline's state
 * @param work directories for temporary files
 * @param counters what was done so far
 * @param meters where measurements go
 * @param clock what processing time follows
 * @param stop whether somebody asked to stop
 * @param notes what people should know at the end
 * @param grace how long threads may take to end by themselves before they are interrupted
 */
record Surroundings(
        Plan plan,
        Stores stores,
        WorkDirectories work,
        Counters counters,
        Meters meters,
        InstantSource clock,
        StopSignal stop,
        List<String> notes,
        Duration grace) {}
