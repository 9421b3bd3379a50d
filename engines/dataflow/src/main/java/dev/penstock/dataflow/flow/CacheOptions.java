package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long looked-up values are kept, and how many.
 *
 * @param timeToLive a value that is older is looked up again
 * @param maxEntries the most values a worker keeps; beyond it, the one that was not used for the longest time goes
 */
public record CacheOptions(Duration timeToLive, int maxEntries) {
    public CacheOptions {
        requireNonNull(timeToLive, "timeToLive");
        if (timeToLive.isNegative()) {
            throw new IllegalArgumentException(
                    "Cannot keep values for '" + timeToLive + "': it is negative; give zero or more");
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException(
                    "Cannot keep " + maxEntries + " values: a cache has room for one at least; give 1 or more");
        }
    }

    /** Values are kept until there are more than {@code maxEntries}. */
    public static CacheOptions keeping(int maxEntries) {
        return new CacheOptions(Duration.ofSeconds(Long.MAX_VALUE), maxEntries);
    }

    /** These options with another time to live. */
    public CacheOptions expiringAfter(Duration age) {
        return new CacheOptions(age, maxEntries);
    }
}
