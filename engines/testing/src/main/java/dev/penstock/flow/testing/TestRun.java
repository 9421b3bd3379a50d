package dev.penstock.flow.testing;

import static java.util.Objects.requireNonNull;

import dev.penstock.engine.embedded.EmbeddedEngine;
import dev.penstock.engine.embedded.Progress;
import dev.penstock.engine.embedded.RunReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A run of a flow that goes on in a thread of its own. Any thread. */
public final class TestRun {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration BREATH = Duration.ofNanos(100_000);

    private final EmbeddedEngine engine;
    private final CompletableFuture<TestEngine.Ending> ending = new CompletableFuture<>();
    private final Thread thread;

    private TestRun(EmbeddedEngine engine) {
        this.engine = engine;
        this.thread = new Thread(this::work, "test-run");
        thread.setDaemon(true);
    }

    static TestRun start(EmbeddedEngine engine) {
        TestRun run = new TestRun(engine);
        run.thread.start();
        return run;
    }

    static TestEngine.Ending run(EmbeddedEngine engine) {
        try {
            return engine.run().ending() == RunReport.Ending.DONE ? TestEngine.Ending.DONE : TestEngine.Ending.STOPPED;
        } catch (RuntimeException e) {
            if (TestAbort.caused(e)) {
                return TestEngine.Ending.ABORTED;
            }
            throw e;
        }
    }

    private void work() {
        try {
            ending.complete(run(engine));
        } catch (RuntimeException | Error e) {
            ending.completeExceptionally(e);
        }
    }

    /** What was done so far. */
    public Progress progress() {
        return engine.progress();
    }

    /** Whether it has come to an end. */
    public boolean isOver() {
        return ending.isDone();
    }

    /**
     * Waits until {@code condition} holds or the run is over.
     *
     * @throws AssertionError if neither happens within a minute
     */
    public void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!isOver() && !condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                kill();
                throw new AssertionError("Cannot wait any longer than " + DEADLINE + ": what was awaited does not come;"
                        + " the run is " + progress());
            }
            LockSupport.parkNanos(BREATH.toNanos());
        }
    }

    /** Stops it as a person would, and waits for its end. */
    public TestEngine.Ending stop() {
        engine.stop();
        return ending();
    }

    /** Ends it at once and without a snapshot, as nearly as can be done within a process, and waits for its end. */
    public void kill() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for its end.
     *
     * @throws RuntimeException what stopped it, if it was no abort
     * @throws AssertionError if it does not end within a minute
     */
    public TestEngine.Ending ending() {
        try {
            return ending.get(DEADLINE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw thrown(requireNonNull(e.getCause()));
        } catch (TimeoutException e) {
            kill();
            throw new AssertionError(
                    "Cannot wait any longer than " + DEADLINE + " for the end of the run; it was " + progress(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private static RuntimeException thrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException exception ? exception : new CompletionException(failure);
    }
}
