package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.protocol.CommitRequest;
import dev.penstock.engine.embedded.protocol.CommitResult;
import dev.penstock.spi.Metrics;
import dev.penstock.spi.SinkCommitter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Runs the commits of one sink on a thread of its own, which starts with the first of them. */
final class CommitRunner {
    private final String name;
    private final SinkCommitter committer;
    private final Threads threads;
    private final Consumer<CommitResult> results;
    private final Metrics.Timer timer;
    private final BlockingQueue<Optional<CommitRequest>> requests = new LinkedBlockingQueue<>();
    private boolean started;

    CommitRunner(
            String name,
            SinkCommitter committer,
            Threads threads,
            Consumer<CommitResult> results,
            Metrics.Timer timer) {
        this.name = name;
        this.committer = committer;
        this.threads = threads;
        this.results = results;
        this.timer = timer;
    }

    /** Has {@code request} carried out. The coordinating thread calls. */
    void start(CommitRequest request) {
        requests.add(Optional.of(request));
        if (!started) {
            started = true;
            threads.start("commit-" + name, this::work);
        }
    }

    /** Lets the thread end after what it does now. */
    void stop() {
        requests.add(Optional.empty());
    }

    private void work() throws InterruptedException {
        for (Optional<CommitRequest> next = requests.take(); next.isPresent(); next = requests.take()) {
            results.accept(commit(next.get()));
        }
    }

    private CommitResult commit(CommitRequest request) {
        long start = System.nanoTime();
        try {
            return new CommitResult.Answered(committer.commit(request.newest(), request.handles()));
        } catch (RuntimeException e) {
            return new CommitResult.Failed(e);
        } finally {
            timer.record(Duration.ofNanos(System.nanoTime() - start));
        }
    }
}
