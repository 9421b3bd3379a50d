package dev.penstock.engine.embedded.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: doubling from {@code first} to {@code most}, half of it random so that many who
 * failed together do not return together.
 *
 * @param first the wait after the first failure
 * @param most the longest wait
 */
public record Backoff(Duration first, Duration most) {
    /** What the engine uses everywhere. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

    /**
     * The wait after {@code failures} failures in a row.
     *
     * @param asked what the other side asked for; never waited less
     */
    public Duration after(int failures, Optional<Duration> asked, RandomGenerator random) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 20);
        long ceiling = Math.min(most.toNanos(), first.toNanos() << doublings);
        long wait = ceiling / 2 + random.nextLong(ceiling / 2 + 1);
        Duration own = Duration.ofNanos(wait);
        return asked.filter(least -> least.compareTo(own) > 0).orElse(own);
    }
}
