package dev.penstock.embeddings;

import dev.penstock.spi.FatalException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A fixed number of threads that share the items of a job among them. */
final class Workers implements AutoCloseable {
    private final ExecutorService pool;
    private final int threads;

    Workers(int threads) {
        AtomicInteger number = new AtomicInteger();
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "penstock-embed-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does {@code work} for 0 to {@code count - 1}, the low numbers first, and returns when nothing of it is going on
     * any more, also after a failure: what it works on belongs to the threads until then.
     */
    void share(int count, IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, count); i++) {
            running.add(pool.submit(() -> {
                for (int item = next.getAndIncrement(); item < count; item = next.getAndIncrement()) {
                    work.accept(item);
                }
            }));
        }
        Outcome outcome = new Outcome(() -> next.set(count));
        running.forEach(outcome::await);
        outcome.rethrow();
    }

    @Override
    public void close() {
        pool.shutdown();
    }

    /** How a job ended; its first failure stops the rest of it. */
    private static final class Outcome {
        private final Runnable stop;
        private @Nullable Throwable failure;
        private boolean interrupted;

        Outcome(Runnable stop) {
            this.stop = stop;
        }

        void await(Future<?> part) {
            for (boolean ended = false; !ended; ) {
                try {
                    part.get();
                    ended = true;
                } catch (ExecutionException e) {
                    failure = failure == null ? e.getCause() : failure;
                    stop.run();
                    ended = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                    stop.run();
                }
            }
        }

        void rethrow() {
            if (interrupted) {
                Thread.currentThread().interrupt();
                throw new FatalException("Cannot embed: the thread was interrupted; run the pipeline again");
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
        }
    }
}
