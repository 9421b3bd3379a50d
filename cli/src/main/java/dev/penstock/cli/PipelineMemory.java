package dev.penstock.cli;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.store.PipelineState;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;

/** Finds the state of a planned pipeline. */
final class PipelineMemory {
    private PipelineMemory() {}

    static PipelineState of(Plan plan) {
        return plan.checkpoint()
                .state()
                .map(directory -> PipelineState.open(directory, plan.pipeline()))
                .orElseThrow(() -> new ConfigException(
                        "checkpoint",
                        Problem.Code.UNSUPPORTED,
                        "pipeline '" + plan.pipeline() + "' keeps no state",
                        "give it a state directory if it should go on after a stop"));
    }
}
