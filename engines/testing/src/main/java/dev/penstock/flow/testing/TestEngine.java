package dev.penstock.flow.testing;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.plan.CheckpointSettings;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.engine.embedded.EmbeddedEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs flows in tests: small epochs, no retries, and an end by an abort of a {@link TestSource} is a result like
 * others. Immutable; each run has an engine of its own, and runs of one state directory follow each other as those of a
 * process that is started again.
 */
public final class TestEngine {
    private static final Duration EPOCHS = Duration.ofMillis(1);
    private static final Duration DISCOVERY = Duration.ofMillis(20);
    private static final RuntimeSettings RUNTIME = RuntimeSettings.DEFAULT;

    private final CheckpointSettings checkpoint;
    private final RuntimeSettings runtime;
    private final Optional<TestClock> clock;

    private TestEngine(CheckpointSettings checkpoint, RuntimeSettings runtime, Optional<TestClock> clock) {
        this.checkpoint = checkpoint;
        this.runtime = runtime;
        this.clock = clock;
    }

    /** How a run came to its end. */
    public enum Ending {
        /** All items were read and everything is committed. */
        DONE,
        /** Somebody stopped it; what was written is committed. */
        STOPPED,
        /** A test source aborted it. */
        ABORTED
    }

    /** An engine that keeps nothing from one run to the next. */
    public static TestEngine withoutState() {
        return new TestEngine(new CheckpointSettings(EPOCHS, Optional.empty()), settings(1), Optional.empty());
    }

    /** An engine that keeps its state in {@code directory}. */
    public static TestEngine withState(Path directory) {
        requireNonNull(directory, "directory");
        return new TestEngine(new CheckpointSettings(EPOCHS, Optional.of(directory)), settings(1), Optional.empty());
    }

    private static RuntimeSettings settings(int workers) {
        return new RuntimeSettings(
                workers, RUNTIME.batchRows(), RUNTIME.batchBytes(), RUNTIME.queueBytes(), DISCOVERY, 0);
    }

    /** With {@code count} workers; there is one if nothing is said. */
    public TestEngine workers(int count) {
        return new TestEngine(checkpoint, runtime.withWorkers(count), clock);
    }

    /** With at most {@code rows} in a batch that a source gives. */
    public TestEngine batch(int rows) {
        return new TestEngine(checkpoint, runtime.withBatchRows(rows), clock);
    }

    /** With at most {@code bytes} in all queues. */
    public TestEngine queueBytes(long bytes) {
        return new TestEngine(
                checkpoint,
                new RuntimeSettings(
                        runtime.workers(),
                        runtime.batchRows(),
                        runtime.batchBytes(),
                        bytes,
                        runtime.discoveryInterval(),
                        runtime.maxRestarts()),
                clock);
    }

    /** With an epoch each {@code interval}; each millisecond if nothing is said, and zero is for one at the end. */
    public TestEngine epochs(Duration interval) {
        return new TestEngine(new CheckpointSettings(interval, checkpoint.state()), runtime, clock);
    }

    /** With {@code wanted} instead of the wall clock. */
    public TestEngine clock(TestClock wanted) {
        return new TestEngine(checkpoint, runtime, Optional.of(wanted));
    }

    /**
     * Runs {@code flow} to its end, with the settings of this engine whatever the flow says.
     *
     * @throws RuntimeException what stopped it, as {@link EmbeddedEngine#run} throws it, if it was no abort
     */
    public Ending run(Flow flow) {
        return run(flow.plan());
    }

    /** As {@link #run(Flow)}, of a plan. */
    public Ending run(Plan plan) {
        return TestRun.run(engine(plan));
    }

    /** Runs {@code flow} in a thread of its own. */
    public TestRun start(Flow flow) {
        return start(flow.plan());
    }

    /** As {@link #start(Flow)}, of a plan. */
    public TestRun start(Plan plan) {
        return TestRun.start(engine(plan));
    }

    private EmbeddedEngine engine(Plan plan) {
        Plan set = new Plan(
                plan.pipeline(),
                plan.baseDirectory(),
                checkpoint,
                runtime,
                plan.nodes(),
                plan.errors(),
                plan.guarantee(),
                plan.fingerprint());
        EmbeddedEngine engine = EmbeddedEngine.of(set);
        return clock.map(engine::withClock).orElse(engine);
    }
}
