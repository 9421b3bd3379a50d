package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.Discovery;
import dev.penstock.spi.RetryableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Looks for new and vanished partitions from time to time, beside everything else. */
final class Discoverer {
    private final List<SourceStep> sources;
    private final Duration interval;
    private final int maxFailures;
    private final BiConsumer<SourceStep, Discovery> found;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param sources whose lists are not complete
     * @param maxFailures how often in a row a source may fail to answer
     * @param found is told each list
     */
    Discoverer(List<SourceStep> sources, Duration interval, int maxFailures, BiConsumer<SourceStep, Discovery> found) {
        this.sources = sources;
        this.interval = interval;
        this.maxFailures = maxFailures;
        this.found = found;
    }

    /** The thread's work. */
    void run() throws InterruptedException {
        int failures = 0;
        while (!stopped.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
            try {
                sources.forEach(source -> found.accept(source, source.discover(interval)));
                failures = 0;
            } catch (RetryableException e) {
                failures++;
                if (failures > maxFailures) {
                    throw e;
                }
            }
        }
    }

    void stop() {
        stopped.countDown();
    }
}
