package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.FlowPlanner;

/** Something of a flow that becomes steps of a plan once the connectors are known. */
@FunctionalInterface
interface FlowPart {
    /** Adds the steps to {@code planner}. */
    void addTo(FlowPlanner planner);
}
