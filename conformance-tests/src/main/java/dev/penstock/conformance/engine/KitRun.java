package dev.penstock.conformance.engine;

import dev.penstock.spi.RetryableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Life after life, as long as what ends them may pass and something is achieved in between. */
final class KitRun {
    private static final int MOST_FAILURES = 20;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final EngineJob job;
    private final KitStateFile file;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Runnable wakeup = () -> {};

    KitRun(EngineJob job) {
        this.job = job;
        this.file = new KitStateFile(job.state(), job.name());
    }

    void stop() {
        stop.countDown();
        wakeup.run();
    }

    boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** What has the polls that wait return, for {@link #stop}. */
    void onStop(Runnable action) {
        wakeup = action;
    }

    void run() {
        int failures = 0;
        while (true) {
            KitLife life = new KitLife(job, file, this);
            try (life) {
                life.run();
                return;
            } catch (RetryableException e) {
                failures = life.achievedSomething() ? 1 : failures + 1;
                if (failures > MOST_FAILURES || isStopping()) {
                    throw e;
                }
                pause(e, failures);
            } finally {
                wakeup = () -> {};
            }
        }
    }

    private void pause(RetryableException cause, int failures) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        Duration wait = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        Duration asked = cause.after().orElse(wait);
        if (awaitStop((asked.compareTo(wait) > 0 ? asked : wait).toNanos())) {
            throw cause;
        }
    }

    /** Waits so long, or until somebody asks to stop; gives whether somebody has. */
    boolean awaitStop(long nanos) {
        try {
            return stop.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot go on: the pipeline was interrupted", e);
        }
    }
}
