package dev.penstock.engine.embedded.protocol;

import dev.penstock.engine.embedded.store.PackedChanges;
import dev.penstock.engine.embedded.store.Recovered;
import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.spi.EpochId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Decides when epochs end, makes them durable in order, and has them committed: the one place where the order of these
 * effects is laid down.
 *
 * <p>An epoch goes through barrier, contributions of all lanes, {@link RecoveryStore#seal}, {@link EpochPort#durable},
 * {@link EpochPort#commit}, {@link RecoveryStore#markCommitted}. Several epochs may be on their way at once; they are
 * sealed and committed in ascending order. What was pending when the incarnation started is committed first.
 *
 * <p><b>Threads:</b> one at a time. <b>Time:</b> only what is passed in, in nanoseconds from any start.
 */
public class EpochCoordinator {
    private final ProtocolSettings settings;
    private final String runId;
    private final RecoveryStore store;
    private final EpochPort port;
    private final Map<String, SinkCommits> commits = new LinkedHashMap<>();
    private final Map<Long, List<Contribution>> assembling = new HashMap<>();
    private final Deque<SealedEpoch> unannounced = new ArrayDeque<>();
    private final Deque<Committed> unmarked = new ArrayDeque<>();
    private long requested;
    private long sealed;
    private long lastBarrier;
    private long lastRenewal;
    private long now;
    private boolean moved;
    private boolean soon;
    private boolean finishing;
    private boolean lastRequested;

    /**
     * The coordinator of incarnation {@code runId}, which starts from {@code recovered}.
     *
     * @param random spreads retries
     * @param start the time now
     */
    public EpochCoordinator(
            ProtocolSettings settings,
            Incarnation incarnation,
            RecoveryStore store,
            EpochPort port,
            RandomGenerator random,
            long start) {
        this.settings = settings;
        this.runId = incarnation.runId();
        this.store = store;
        this.port = port;
        this.requested = incarnation.firstEpoch() - 1;
        this.sealed = requested;
        this.now = start;
        this.lastBarrier = start;
        this.lastRenewal = start;
        new TreeMap<>(settings.commitIntervals())
                .forEach((sinkId, interval) ->
                        commits.put(sinkId, new SinkCommits(sinkId, interval, settings.commitAttempts(), random)));
        keep(incarnation.recovered());
    }

    private void keep(Recovered recovered) {
        recovered.pending().stream()
                .sorted(Comparator.comparing(handle -> handle.prepared().epoch().epoch()))
                .forEach(this::pending);
    }

    /** A lane has ended an epoch. */
    public void contribute(Contribution contribution) {
        assembling
                .computeIfAbsent(contribution.epoch(), epoch -> new ArrayList<>(settings.lanes()))
                .add(contribution);
    }

    /**
     * A commit has come to an end.
     *
     * @throws dev.penstock.spi.ConnectorException if the pipeline must stop: a transaction is lost, or another
     *     incarnation has taken over
     */
    public void committed(String sinkId, CommitResult result, long time) {
        now = time;
        List<EpochId> epochs = commits(sinkId).completed(result, now);
        if (!epochs.isEmpty()) {
            unmarked.add(new Committed(sinkId, epochs));
        }
    }

    /** Something was emitted since the last barrier: the next one is worth its cost. */
    public void moved() {
        moved = true;
    }

    /** Memory is short: the next epoch is asked for before its time, whatever the interval. */
    public void sealSoon() {
        moved = true;
        soon = true;
    }

    /** No row comes any more: a last epoch is sealed and everything is committed. */
    public void finish() {
        finishing = true;
    }

    /** Whether nothing durable waits for its commit. */
    public boolean settled() {
        return unmarked.isEmpty() && commits.values().stream().allMatch(SinkCommits::isEmpty);
    }

    /** Whether the last epoch is durable and everything is committed. */
    public boolean finished() {
        return lastRequested && sealed == requested && unannounced.isEmpty() && settled();
    }

    /** The newest durable epoch. */
    public long sealed() {
        return sealed;
    }

    /**
     * Does the next thing, and at most one that is seen outside.
     *
     * @return whether anything was done; if not, nothing will be until {@link #nextAt} or until something is reported
     */
    public boolean step(long time) {
        now = time;
        return mark() || renew() || seal() || announce() || commit() || request();
    }

    /** The time from which {@link #step} may have something to do although nothing was reported. */
    public long nextAt() {
        long next = lastRenewal + settings.renewal().toNanos();
        if (moved && !settings.interval().isZero()) {
            next = Math.min(
                    next, Math.max(now, lastBarrier + settings.interval().toNanos()));
        }
        for (SinkCommits sink : commits.values()) {
            next = Math.min(next, sink.nextAt().orElse(next));
        }
        return next;
    }

    private boolean mark() {
        Committed next = unmarked.poll();
        if (next == null) {
            return false;
        }
        store.markCommitted(next.sinkId(), next.epochs());
        return true;
    }

    private boolean renew() {
        if (now - lastRenewal < settings.renewal().toNanos()) {
            return false;
        }
        lastRenewal = now;
        store.renew();
        return true;
    }

    /** Makes the next epoch durable if all lanes have contributed to it. */
    boolean seal() {
        Optional<SealedEpoch> complete = complete();
        complete.ifPresent(epoch -> {
            store.seal(epoch);
            sealed(epoch);
        });
        return complete.isPresent();
    }

    /** How many contributions make an epoch. */
    int lanesNeeded() {
        return settings.lanes();
    }

    /** The next epoch to seal, once it has everything. */
    final Optional<SealedEpoch> complete() {
        List<Contribution> parts = assembling.getOrDefault(sealed + 1, List.of());
        if (parts.size() < lanesNeeded()) {
            return Optional.empty();
        }
        return Optional.of(new SealedEpoch(
                new EpochId(runId, sealed + 1),
                join(parts, Contribution::positions),
                join(parts, Contribution::removed),
                join(parts, Contribution::handles),
                join(parts, Contribution::snapshots),
                PackedChanges.joined(join(parts, Contribution::changes).stream()
                        .map(StateChanges::changes)
                        .toList())));
    }

    /** {@code epoch} is durable: now it may be committed, and upstream released. */
    final void sealed(SealedEpoch epoch) {
        sealed = epoch.id().epoch();
        assembling.remove(sealed);
        pending(epoch.handles());
        unannounced.add(epoch);
    }

    /** Adds the handles of a durable epoch to those that are to be committed. */
    void pending(List<PendingHandle> handles) {
        handles.forEach(this::pending);
    }

    final void forgetPending() {
        commits.values().forEach(SinkCommits::forgetAll);
    }

    private void pending(PendingHandle handle) {
        commits(handle.sinkId()).add(handle.prepared());
    }

    private boolean announce() {
        SealedEpoch next = unannounced.poll();
        if (next == null) {
            return false;
        }
        port.durable(next);
        return true;
    }

    private boolean commit() {
        boolean hurry = lastRequested && sealed == requested;
        for (SinkCommits sink : commits.values()) {
            Optional<CommitRequest> due = sink.due(now, hurry);
            if (due.isPresent()) {
                port.commit(due.get());
                return true;
            }
        }
        return false;
    }

    private boolean request() {
        if (lastRequested || !(finishing || barrierDue())) {
            return false;
        }
        moved = false;
        soon = false;
        lastBarrier = now;
        lastRequested = finishing;
        requested++;
        port.barrier(requested, lastRequested);
        return true;
    }

    private boolean barrierDue() {
        return moved
                && (soon || intervalOver())
                && requested - sealed < settings.maxUnsealed()
                && commits.values().stream().allMatch(sink -> sink.size() < settings.maxUncommitted());
    }

    private boolean intervalOver() {
        return !settings.interval().isZero()
                && now - lastBarrier >= settings.interval().toNanos();
    }

    private SinkCommits commits(String sinkId) {
        SinkCommits found = commits.get(sinkId);
        if (found == null) {
            throw new IllegalStateException(
                    "Cannot commit to sink '" + sinkId + "': it is not a transactional sink of" + " this pipeline");
        }
        return found;
    }

    private static <T> List<T> join(List<Contribution> parts, Function<Contribution, List<T>> part) {
        return parts.size() == 1
                ? part.apply(parts.get(0))
                : parts.stream().flatMap(one -> part.apply(one).stream()).toList();
    }

    private record Committed(String sinkId, List<EpochId> epochs) {}
}
