package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.protocol.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How partitions are read.
 *
 * @param batchRows the most rows of a poll
 * @param batchBytes the most bytes of a poll
 * @param maxRetries how often in a row a partition may fail before the pipeline is restarted
 * @param retried called once a retry
 * @param timed the clock, if somebody wants to know who is silent
 */
record ReadSettings(
        int batchRows,
        long batchBytes,
        int maxRetries,
        RandomGenerator random,
        Runnable retried,
        Optional<InstantSource> timed) {
    Duration backoff(int failures, Optional<Duration> asked) {
        return Backoff.DEFAULT.after(failures, asked, random);
    }
}
