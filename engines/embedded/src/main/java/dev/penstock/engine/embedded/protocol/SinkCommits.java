package dev.penstock.engine.embedded.protocol;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The durable handles of one sink that are not known to be committed, and when to commit them. */
final class SinkCommits {
    private final String sinkId;
    private final long intervalNanos;
    private final int maxAttempts;
    private final RandomGenerator random;
    private final List<Prepared> pending = new ArrayList<>();
    private List<Prepared> underWay = List.of();
    private boolean inFlight;
    private int failures;
    private long notBefore;

    SinkCommits(String sinkId, Duration interval, int maxAttempts, RandomGenerator random) {
        this.sinkId = sinkId;
        this.intervalNanos = interval.toNanos();
        this.maxAttempts = maxAttempts;
        this.random = random;
        this.notBefore = Long.MIN_VALUE;
    }

    String sinkId() {
        return sinkId;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    int size() {
        return pending.size();
    }

    /** Takes handles of an epoch that is newer than all before. */
    void add(Prepared handle) {
        pending.add(handle);
    }

    void forgetAll() {
        pending.clear();
    }

    /**
     * What to commit now, if anything; marks it as under way.
     *
     * @param hurry whether to commit before the interval is over
     */
    Optional<CommitRequest> due(long now, boolean hurry) {
        if (inFlight || pending.isEmpty() || (now < notBefore && !(hurry && failures == 0))) {
            return Optional.empty();
        }
        inFlight = true;
        underWay = List.copyOf(pending);
        return Optional.of(new CommitRequest(sinkId, underWay));
    }

    /** When {@link #due} may have something, if it waits for a time. */
    Optional<Long> nextAt() {
        return inFlight || pending.isEmpty() ? Optional.empty() : Optional.of(notBefore);
    }

    /** The epochs that are known to be committed now. */
    List<EpochId> completed(CommitResult result, long now) {
        inFlight = false;
        if (result instanceof CommitResult.Answered answered) {
            return settle(answered.outcomes(), now);
        }
        RuntimeException cause = ((CommitResult.Failed) result).cause();
        if (!(cause instanceof RetryableException retryable)) {
            throw cause;
        }
        retry(now, retryable.after(), Optional.of(retryable));
        return List.of();
    }

    private List<EpochId> settle(Map<Prepared, Outcome> outcomes, long now) {
        Set<Prepared> done = new HashSet<>();
        outcomes.forEach((handle, outcome) -> {
            if (outcome == Outcome.LOST) {
                throw lost(handle);
            }
            if (outcome != Outcome.RETRY) {
                done.add(handle);
            }
        });
        Set<EpochId> asked = epochs(underWay);
        Set<EpochId> open = epochs(
                underWay.stream().filter(handle -> !done.contains(handle)).toList());
        asked.removeAll(open);
        pending.removeIf(handle -> asked.contains(handle.epoch()));
        if (open.isEmpty()) {
            failures = 0;
            notBefore = now + intervalNanos;
        } else {
            retry(now, Optional.empty(), Optional.empty());
        }
        return List.copyOf(asked);
    }

    private void retry(long now, Optional<Duration> asked, Optional<RetryableException> cause) {
        failures++;
        if (failures >= maxAttempts) {
            throw new RetryableException(
                    "Cannot commit to sink '" + sinkId + "': it was not possible " + failures
                            + " times in a row; the epochs are safe and are committed when the sink answers again",
                    cause.<Throwable>map(found -> found)
                            .orElseGet(() -> new IllegalStateException("the sink asked to try later")));
        }
        notBefore = now + Backoff.DEFAULT.after(failures, asked, random).toNanos();
    }

    private FatalException lost(Prepared handle) {
        return new FatalException("Cannot commit epoch " + handle.epoch() + " of writer " + handle.writer()
                + " to sink '" + sinkId + "': its transaction of " + handle.rows()
                + " rows is gone, though it was prepared; find out who removed it (a timeout, an operator), then reset"
                + " the state and read these rows again");
    }

    private static Set<EpochId> epochs(Collection<Prepared> handles) {
        Set<EpochId> epochs = new LinkedHashSet<>();
        handles.forEach(handle -> epochs.add(handle.epoch()));
        return epochs;
    }
}
