package dev.penstock.conformance.engine;

import dev.penstock.dataflow.plan.CheckpointSettings;
import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.Guarantee;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.engine.embedded.EmbeddedEngine;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs on the embedded engine, as users do. */
public final class OnEmbedded implements TestedEngine {
    /** Short, so that a partition that appears is noticed within a test's patience. */
    private static final Duration DISCOVERY = Duration.ofMillis(200);

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public Running start(EngineJob job) {
        EmbeddedEngine engine = EmbeddedEngine.of(plan(job));
        return RunningThread.start("embedded-" + job.name(), engine::run, engine::stop);
    }

    private static Plan plan(EngineJob job) {
        EngineJob.Step source = job.source();
        EngineJob.Step sink = job.sink();
        PlanNode read =
                new PlanNode.SourceNode(EngineJob.SOURCE, source.connector(), source.config(Role.SOURCE, job.state()));
        PlanNode write = new PlanNode.SinkNode(
                EngineJob.SINK,
                List.of(EngineJob.SOURCE),
                sink.connector(),
                sink.config(Role.SINK, job.state()),
                job.mode(),
                Duration.ZERO);
        boolean exact = sink.connector().descriptor().can(Capability.TRANSACTIONAL);
        RuntimeSettings base = RuntimeSettings.DEFAULT.withWorkers(job.writers());
        return new Plan(
                job.name(),
                job.state(),
                new CheckpointSettings(job.epoch(), Optional.of(job.state())),
                new RuntimeSettings(
                        base.workers(),
                        base.batchRows(),
                        base.batchBytes(),
                        base.queueBytes(),
                        DISCOVERY,
                        base.maxRestarts()),
                List.of(read, write),
                new ErrorPolicy.Halt(),
                exact ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE,
                job.name());
    }
}
