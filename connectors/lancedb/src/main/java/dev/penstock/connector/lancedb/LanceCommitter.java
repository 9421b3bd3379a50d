package dev.penstock.connector.lancedb;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SinkCommitter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;

/**
 * Makes prepared work part of the table, several handles in one version, and looks after the table in between.
 *
 * <p>Every attempt reads the table anew, makes sure that no newer incarnation owns the sink, asks the table what it
 * already holds, and commits so that any other commit in between makes it conflict; then it starts over.
 */
final class LanceCommitter implements SinkCommitter {
    private static final int MAX_ATTEMPTS = 50;

    private final Lance lance;
    private final Staging staging;
    private final Ownership ownership;
    private final CommitDecision decision;
    private final CommitWork work;
    private final Upkeep upkeep;
    private final CommittedEpochs epochs = new CommittedEpochs();
    private boolean claimed;

    LanceCommitter(Lance lance, Staging staging, Owner owner, SinkSettings settings) {
        this.lance = lance;
        this.staging = staging;
        this.ownership = new Ownership(owner.sink(), owner.runId(), owner.generation());
        this.decision = new CommitDecision(staging, owner.sink());
        this.work = new CommitWork(lance, staging, owner.sink(), settings.files());
        this.upkeep = new Upkeep(settings);
    }

    /** Who commits. */
    record Owner(SinkName sink, String runId, long generation) {}

    @Override
    public void claim() {
        epochs.addAll(retrying("claim", ownership::take));
        claimed = true;
    }

    @Override
    public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
        if (handles.isEmpty()) {
            return Map.of();
        }
        if (!claimed) {
            claim();
        }
        return retrying("commit", dataset -> attempt(dataset, handles));
    }

    private Map<Prepared, Outcome> attempt(Dataset dataset, List<Prepared> handles) {
        ownership.check(dataset);
        Map<Prepared, Outcome> outcomes = decision.decide(dataset, handles);
        ownership.check(dataset);
        List<Prepared> open =
                handles.stream().filter(handle -> !outcomes.containsKey(handle)).toList();
        if (outcomes.containsValue(Outcome.LOST)) {
            open.forEach(handle -> outcomes.put(handle, Outcome.RETRY));
            return outcomes;
        }
        if (!open.isEmpty()) {
            CommitWork.Committed committed = work.commit(dataset, open, epochs);
            epochs.addAll(committed.ids());
            open.forEach(handle -> outcomes.put(handle, Outcome.COMMITTED));
            dataset.checkoutLatest();
            upkeep.afterCommit(dataset, committed.fragments(), committed.key());
        }
        handles.forEach(handle -> staging.delete(HandleId.of(handle)));
        return outcomes;
    }

    /** Runs {@code action} on the newest version of the table until nobody else's commit gets in its way. */
    private <T> T retrying(String what, Function<Dataset, T> action) {
        @Nullable Exception last = null;
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            try (Dataset dataset = lance.openExisting()) {
                return action.apply(dataset);
            } catch (Exception e) {
                if (!LanceErrors.isConflict(e)) {
                    throw LanceErrors.wrap(what + " to table '" + lance.location() + "'", e);
                }
                last = e;
            }
        }
        throw new RetryableException(
                "Cannot " + what + " to table '" + lance.location() + "': other writers came first " + MAX_ATTEMPTS
                        + " times; write to it from fewer places at a time",
                last == null ? new IllegalStateException() : last);
    }

    @Override
    public void abort(List<Prepared> handles) {
        for (Prepared handle : handles) {
            HandleId id = HandleId.of(handle);
            if (!staging.isAttempted(id)) {
                staging.delete(id);
            }
        }
    }

    @Override
    public void close() {
        lance.close();
    }
}
