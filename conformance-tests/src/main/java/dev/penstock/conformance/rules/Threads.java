package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.RuleViolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls in threads that were made for them. */
final class Threads {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Threads() {}

    /**
     * Calls in a thread that nothing was called in before; what is done here comes before it, and it before the rest.
     */
    static <T> T inAnother(Callable<T> call) throws Exception {
        return end(begin(call));
    }

    /** Calls all at once. */
    static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        List<FutureTask<T>> tasks = calls.stream().map(Threads::begin).toList();
        List<T> results = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            results.add(end(task));
        }
        return results;
    }

    /** Begins a call. */
    static <T> FutureTask<T> begin(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "rule-thread");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** Waits for its end; throws what it threw. */
    static <T> T end(FutureTask<T> task) throws Exception {
        try {
            return task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new RuleViolation(
                    "a call did not return within " + LIMIT.toSeconds() + " s",
                    "a deadlock: locks that two of poll, write, wakeup and close take in different orders",
                    e);
        }
    }
}
