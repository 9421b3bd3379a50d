package dev.penstock.conformance.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The threads of a life. */
final class KitPool implements AutoCloseable {
    private final ExecutorService threads;

    KitPool(int count) {
        this.threads = Executors.newFixedThreadPool(count, body -> {
            Thread thread = new Thread(body, "kit-worker");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What all tasks give, in order; waits for all of them, and throws what the first that failed did. */
    <T> List<T> all(List<Callable<T>> tasks) {
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot go on: the pipeline was interrupted", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
