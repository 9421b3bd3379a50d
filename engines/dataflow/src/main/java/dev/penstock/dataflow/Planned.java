package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * What came of planning.
 *
 * @param plan there only if no problem is an error
 * @param problems errors and warnings, in the order of their lines
 * @param places where the steps are written, for problems that come up later
 */
public record Planned(Optional<Plan> plan, List<LocatedProblem> problems, StepPlaces places) {
    public Planned {
        requireNonNull(places, "places");
        requireNonNull(plan, "plan");
        problems = List.copyOf(problems);
    }

    /**
     * The plan.
     *
     * @throws PipelineException with all problems, if there is none
     */
    public Plan orThrow() {
        return plan.orElseThrow(() -> new PipelineException(problems));
    }
}
