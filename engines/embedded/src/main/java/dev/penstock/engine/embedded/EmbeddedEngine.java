package dev.penstock.engine.embedded;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.runtime.PipelineRun;
import dev.penstock.engine.embedded.runtime.RunSettings;
import dev.penstock.engine.embedded.runtime.StopSignal;
import dev.penstock.engine.embedded.runtime.Stores;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a pipeline inside this JVM.
 *
 * <p><b>Order of calls:</b> {@link #run} once; {@link #stop} and {@link #progress} at any time from any thread.
 *
 * <p>All threads are daemons whose names begin with {@code penstock-}; none of them is left when {@link #run} returns.
 * If a connector does not let one end, {@link #run} says so in an {@link EngineException}, and the process has to be
 * ended.
 */
public final class EmbeddedEngine {
    private final Plan plan;
    private final RunSettings settings;
    private final PipelineRun run;
    private final StopSignal stop = new StopSignal();
    private final AtomicBoolean used = new AtomicBoolean();

    private EmbeddedEngine(Plan plan, RunSettings settings) {
        this.plan = plan;
        this.settings = settings;
        this.run = PipelineRun.of(plan, settings, stop);
    }

    /** An engine for {@code plan}, with its state where the plan says. */
    public static EmbeddedEngine of(Plan plan) {
        requireNonNull(plan, "plan");
        return new EmbeddedEngine(plan, RunSettings.DEFAULT);
    }

    static EmbeddedEngine of(Plan plan, Optional<Stores> stores) {
        return new EmbeddedEngine(plan, stores.map(RunSettings.DEFAULT::with).orElse(RunSettings.DEFAULT));
    }

    /** An engine for the same plan that shows its meters in {@code registry} while it runs. */
    public EmbeddedEngine withMeters(MeterRegistry registry) {
        return new EmbeddedEngine(plan, settings.with(requireNonNull(registry, "registry")));
    }

    /**
     * An engine for the same plan whose processing time, timers, idleness and expiry of keys, follows {@code clock};
     * for tests. If it is a {@link WakingClock}, whatever is due is done as soon as it was moved.
     */
    public EmbeddedEngine withClock(InstantSource clock) {
        return new EmbeddedEngine(plan, settings.with(requireNonNull(clock, "clock")));
    }

    /**
     * Runs until everything is read and committed, or until {@link #stop}.
     *
     * @throws dev.penstock.spi.ConnectorException what stopped the pipeline, by who must act
     * @throws dev.penstock.engine.embedded.store.StateInUseException if another live process runs the pipeline
     * @throws ResumeRefusedException if the state does not fit the pipeline
     * @throws EngineException if the engine itself cannot go on
     */
    public RunReport run() {
        if (!used.compareAndSet(false, true)) {
            throw new IllegalStateException("Cannot run an engine twice; make another one of the same plan");
        }
        return run.run();
    }

    /** Asks to drain: no more is read, what was written is sealed and committed, and {@link #run} returns. */
    public void stop() {
        stop.set();
    }

    /** What was done so far; cheap. */
    public Progress progress() {
        return run.progress();
    }
}
