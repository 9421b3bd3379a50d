package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.spi.data.Schema;
import java.util.Map;

/**
 * A plan that knows its columns.
 *
 * @param plan with decoders completed
 * @param schemas what comes out of each step, by its id; for a sink, what goes in
 * @param remember to be kept with the pipeline's state and given to the next run, so that it sees the same columns
 */
public record ResolvedPlan(Plan plan, Map<String, Schema> schemas, Map<String, String> remember) {
    public ResolvedPlan {
        requireNonNull(plan, "plan");
        schemas = Map.copyOf(schemas);
        remember = Map.copyOf(remember);
    }
}
