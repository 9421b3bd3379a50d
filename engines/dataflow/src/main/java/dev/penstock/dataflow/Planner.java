package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

/**
 * Checks pipelines and makes plans of them. Every problem is found at once, and nothing is opened or connected to.
 *
 * <p>Safe for use from any thread.
 */
public final class Planner {
    private final ConnectorCatalog catalog;

    /** A planner of pipelines of {@code catalog}'s connectors. */
    public Planner(ConnectorCatalog catalog) {
        this.catalog = requireNonNull(catalog, "catalog");
    }

    /** The plan of {@code file}, or all that is wrong with it. */
    public Planned plan(PipelineFile file) {
        Planning planning = new Planning(catalog, file);
        return new PipelinePlan(planning, file).plan();
    }
}
