package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.EngineException;
import dev.penstock.engine.embedded.Progress;
import dev.penstock.engine.embedded.ResumeRefusedException;
import dev.penstock.engine.embedded.RunReport;
import dev.penstock.engine.embedded.RunReport.Ending;
import dev.penstock.engine.embedded.protocol.Backoff;
import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.engine.embedded.store.SqliteRecoveryStore;
import dev.penstock.engine.embedded.store.StateInUseException;
import dev.penstock.engine.embedded.store.StateUnavailableException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.RetryableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of run: incarnation after incarnation, as long as errors may pass and something is achieved in between. */
public final class PipelineRun {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** How much of the memory for state its copy in bytes may take, where there is no place to keep it. */
    private static final int PARTS_OF_STATE_MEMORY = 8;

    private final Surroundings surroundings;

    /** A run of {@code plan}. */
    public static PipelineRun of(Plan plan, RunSettings settings, StopSignal stop) {
        Meters meters = settings.registry()
                .<Meters>map(registry -> new MicrometerMeters(registry, plan.pipeline()))
                .orElse(Meters.NONE);
        WorkDirectories work =
                new WorkDirectories(plan.checkpoint().state().map(state -> state.resolve(plan.pipeline() + ".work")));
        return new PipelineRun(new Surroundings(
                plan,
                settings.stores().orElseGet(() -> stores(plan, settings.clock())),
                work,
                new Counters(plan),
                meters,
                settings.clock(),
                stop,
                new ArrayList<>(),
                GRACE));
    }

    PipelineRun(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    private static Stores stores(Plan plan, InstantSource clock) {
        return plan.checkpoint()
                .state()
                .<Stores>map(directory -> () -> SqliteRecoveryStore.of(directory, plan.pipeline(), clock))
                .orElseGet(() -> new InMemory(
                        new MemoryStore(plan.runtime().stateMemoryBytes() / PARTS_OF_STATE_MEMORY, clock)));
    }

    /** One store for all incarnations. */
    private record InMemory(MemoryStore memory) implements Stores {
        @Override
        public RecoveryStore open() {
            return memory;
        }

        @Override
        public void close() {
            memory.delete();
        }
    }

    /** What was done so far. Any thread. */
    public Progress progress() {
        return surroundings.counters().progress();
    }

    /** Runs to the end; throws what stops the pipeline. */
    public RunReport run() {
        long start = System.nanoTime();
        Stores stores = surroundings.stores();
        try (stores;
                Meters meters = surroundings.meters()) {
            meters.observe(surroundings.counters());
            Ending ending = attempts();
            surroundings.counters().activity(ending == Ending.DONE ? "done" : "stopped");
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new RunReport(ending, progress(), elapsed, surroundings.notes());
        } catch (ConnectorException
                | StateInUseException
                | StateUnavailableException
                | ResumeRefusedException
                | EngineException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(
                    "Cannot go on with pipeline '" + surroundings.plan().pipeline()
                            + "': its thread was interrupted; run it again, it goes on from the last epoch",
                    e);
        } catch (RuntimeException e) {
            throw new EngineException(
                    "Cannot go on with pipeline '" + surroundings.plan().pipeline() + "': unexpected "
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "; this is a fault of the engine or of a connector, please report it",
                    e);
        }
    }

    private Ending attempts() throws InterruptedException {
        int failures = 0;
        while (true) {
            long before = surroundings.counters().epochs.sum();
            Closing closing = new Closing();
            try (closing) {
                return new Execution(surroundings, closing).run();
            } catch (RetryableException e) {
                refuseBesideLiveThread(closing, e);
                failures = surroundings.counters().epochs.sum() > before ? 1 : failures + 1;
                if (failures > surroundings.plan().runtime().maxRestarts()) {
                    throw e;
                }
                pause(e, failures);
                if (surroundings.stop().isSet()) {
                    surroundings.notes().add("Stopped while waiting to try again after: " + e.getMessage());
                    return Ending.STOPPED;
                }
            }
        }
    }

    /** Nothing may go on beside a thread that still writes or reads. */
    private static void refuseBesideLiveThread(Closing closing, RetryableException cause) {
        if (closing.stuck().isPresent()) {
            throw new EngineException(
                    closing.stuck().get().getMessage() + "; it was to end because: " + cause.getMessage(), cause);
        }
    }

    private void pause(RetryableException cause, int failures) throws InterruptedException {
        surroundings.counters().restarts.increment();
        surroundings.counters().activity("waiting to retry");
        Duration wait = Backoff.DEFAULT.after(failures, cause.after(), new Random());
        LOG.warn("Restarting from the last epoch in {} ms: {}", wait.toMillis(), cause.getMessage());
        surroundings.stop().await(wait.toMillis());
    }
}
