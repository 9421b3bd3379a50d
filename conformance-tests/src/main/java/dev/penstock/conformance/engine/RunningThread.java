package dev.penstock.conformance.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A pipeline that runs in a thread of this process. */
final class RunningThread implements TestedEngine.Running {
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Thread thread;
    private final Runnable stop;
    private volatile @Nullable Throwable failure;

    private RunningThread(String name, Runnable body, Runnable stop) {
        this.stop = stop;
        this.thread = new Thread(() -> run(body), name);
        thread.setDaemon(true);
    }

    /**
     * Starts a pipeline.
     *
     * @param body runs it to its end; throws what it fails with
     * @param stop has {@code body} return soon, in order
     */
    static RunningThread start(String name, Runnable body, Runnable stop) {
        RunningThread running = new RunningThread(name, body, stop);
        running.thread.start();
        return running;
    }

    private void run(Runnable body) {
        try {
            body.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    @Override
    public boolean await(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
        return !thread.isAlive();
    }

    @Override
    public void stop() {
        stop.run();
    }

    @Override
    public void close() {
        try {
            stop();
            if (!await(GRACE)) {
                thread.interrupt();
                throw new IllegalStateException("Cannot end " + thread.getName() + " within " + GRACE.toSeconds()
                        + " s: " + stuckAt() + "; look why that call does not return");
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        rethrow();
    }

    private String stuckAt() {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length == 0 ? "it is about to end" : "it is in " + stack[0];
    }

    private void rethrow() {
        Throwable found = failure;
        if (found instanceof RuntimeException exception) {
            throw exception;
        }
        if (found instanceof Error error) {
            throw error;
        }
    }
}
