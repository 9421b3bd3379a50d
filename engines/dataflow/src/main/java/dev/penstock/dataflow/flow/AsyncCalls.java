package dev.penstock.dataflow.flow;

import java.util.ArrayDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls of an asynchronous function for the items of one batch. One use, by one thread. */
final class AsyncCalls<T, R> {
    private final T[] items;
    private final AsyncOptions options;
    private final String step;
    private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
    private final @Nullable CompletableFuture<?>[] calls;
    private final long[] deadlines;
    /** The items under way or done, by the time they began; those at the head are not done. */
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();

    private final @Nullable Object[] results;
    private final int[] finished;
    private int finishedCount;

    AsyncCalls(T[] items, AsyncOptions options, String step) {
        this.items = items;
        this.options = options;
        this.step = step;
        this.calls = new CompletableFuture<?>[items.length];
        this.deadlines = new long[items.length];
        this.results = new Object[items.length];
        this.finished = new int[items.length];
    }

    private record Done(
            int index, @Nullable Object result, @Nullable Throwable failure) {}

    /** The result of each item, in the order of items. */
    @Nullable Object[] results() {
        return results;
    }

    /** The indexes of the items, in the order in which they were done. */
    int[] finished() {
        return finished;
    }

    /** The result of each item, in the order in which they were done. */
    @Nullable Object[] resultsAsFinished() {
        @Nullable Object[] ordered = new Object[results.length];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = results[finished[i]];
        }
        return ordered;
    }

    /** Calls {@code function} for all items and waits for all results. */
    void run(Function<? super T, ? extends CompletionStage<? extends R>> function) {
        int begun = 0;
        while (finishedCount < items.length) {
            while (begun < items.length && begun - finishedCount < options.maxInFlight()) {
                begin(begun++, function);
            }
            take(next());
        }
    }

    private void begin(int index, Function<? super T, ? extends CompletionStage<? extends R>> function) {
        deadlines[index] = System.nanoTime() + options.timeout().toNanos();
        waiting.add(index);
        CompletionStage<? extends R> stage = ItemLoops.notNull(function.apply(items[index]), step);
        calls[index] = stage.toCompletableFuture();
        stage.whenComplete((result, failure) -> done.add(new Done(index, result, failure)));
    }

    private Done next() {
        while (calls[waiting.element()] == null) {
            waiting.remove();
        }
        int oldest = waiting.element();
        try {
            Done next = done.poll(deadlines[oldest] - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new IllegalStateException(refusal(oldest) + "there was no result within " + options.timeout()
                        + "; give it more time, or have fewer items under way");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(refusal(oldest) + "the pipeline was stopped; run it again", e);
        }
    }

    private void take(Done next) {
        if (next.failure != null) {
            Throwable cause = next.failure instanceof CompletionException && next.failure.getCause() != null
                    ? next.failure.getCause()
                    : next.failure;
            throw new IllegalStateException(refusal(next.index) + cause + "; see the cause", cause);
        }
        results[next.index] = ItemLoops.notNull(next.result, step);
        calls[next.index] = null;
        finished[finishedCount++] = next.index;
    }

    private String refusal(int index) {
        return "Cannot map item '" + items[index] + "' in step '" + step + "': ";
    }

    /** Gives up what is still under way. */
    void cancelRest() {
        for (CompletableFuture<?> call : calls) {
            if (call != null) {
                call.cancel(false);
            }
        }
    }
}
