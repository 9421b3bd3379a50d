package dev.penstock.connector.s3;

import dev.penstock.spi.RetryableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests on threads of its own, so that whoever waits for a reply can be let go while the service is silent.
 *
 * <p><b>Threads:</b> any; {@link #wakeup} ends the waits of others.
 */
final class Requests implements AutoCloseable {
    private static final long LOOK_MILLIS = 20;
    private static final long IDLE_SECONDS = 5;

    private final ExecutorService threads;
    private volatile boolean woken;

    /** @param most requests at the same time */
    Requests(String name, int most) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    <T> Future<T> send(Callable<T> request) {
        try {
            return threads.submit(request);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("Cannot use what is closed", e);
        }
    }

    /** Does {@code request} and waits for its reply; {@code what} is for the message if it fails. */
    <T> T call(String what, Callable<T> request) {
        return await(what, send(request));
    }

    /**
     * Waits for a reply.
     *
     * @throws RetryableException if the wait was ended by {@link #wakeup} or an interrupt, whose mark stays
     */
    <T> T await(String what, Future<T> reply) {
        try {
            while (true) {
                try {
                    return reply.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (woken) {
                        woken = false;
                        throw new RetryableException("Cannot " + what + ": the wait for a reply was ended", e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException("Cannot " + what + ": interrupted while waiting for a reply", e);
        } catch (ExecutionException e) {
            throw S3Failure.of(what, e.getCause() == null ? e : e.getCause());
        }
    }

    /** Waits for all of them, in order. */
    <T> List<T> awaitAll(String what, List<Future<T>> replies) {
        List<T> all = new ArrayList<>(replies.size());
        for (Future<T> reply : replies) {
            all.add(await(what, reply));
        }
        return all;
    }

    /** Ends the wait that runs, or the next one, of another thread. */
    void wakeup() {
        woken = true;
    }

    /** Waits for nothing: who is silent is left alone. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
