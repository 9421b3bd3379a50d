package dev.penstock.connector.kafka;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SinkCommitter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of durable epochs to their topics: an epoch in one short transaction, which also writes the mark that
 * says so.
 */
final class KafkaCommitter implements SinkCommitter {
    private final Spool spool;
    private final CommitTopic topic;
    private final Transactions transactions;
    private final long generation;
    private @Nullable CommitMark mark;

    KafkaCommitter(Spool spool, CommitTopic topic, Transactions transactions, long generation) {
        this.spool = spool;
        this.topic = topic;
        this.transactions = transactions;
        this.generation = generation;
    }

    @Override
    public void claim() {
        check(topic.read()); // before anybody is fenced by an incarnation that is itself too old
        spool.claim();
        transactions.begin();
        CommitMark owned = check(topic.read()).ownedBy(generation);
        try {
            transactions.commit(sender -> sender.accept(topic.record(owned)));
        } catch (Transactions.UncertainException e) {
            throw retryable(e);
        }
        mark = owned;
    }

    private static RetryableException retryable(Transactions.UncertainException cause) {
        return new RetryableException(
                "Cannot commit to Kafka: " + cause.getMessage() + "; nothing was committed, it is tried again", cause);
    }

    private CommitMark check(CommitMark found) {
        if (found.generation() > generation) {
            throw new FencedException("Cannot commit as generation " + generation + ": generation "
                    + found.generation() + " of the pipeline has taken over; stop this process or, if the state of the"
                    + " pipeline was deleted on purpose, delete topic '" + topic.name() + "' too");
        }
        return found;
    }

    @Override
    public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
        if (mark == null) {
            claim();
        }
        Map<EpochId, List<Prepared>> epochs = new LinkedHashMap<>();
        handles.forEach(handle ->
                epochs.computeIfAbsent(handle.epoch(), id -> new ArrayList<>()).add(handle));
        Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
        epochs.forEach((id, own) -> outcomes.putAll(commitEpoch(id, own)));
        return outcomes;
    }

    private Map<Prepared, Outcome> commitEpoch(EpochId epoch, List<Prepared> handles) {
        Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
        Map<Prepared, SpoolReader> open = new LinkedHashMap<>();
        for (Prepared handle : handles) {
            if (mark().has(epoch, handle.writer())) {
                outcomes.put(handle, Outcome.ALREADY_COMMITTED);
            } else {
                reader(handle, open, outcomes);
            }
        }
        if (outcomes.containsValue(Outcome.LOST)) {
            check(topic.read()); // a newer incarnation throws away what this one prepared
        } else if (!open.isEmpty()) {
            send(epoch, open, outcomes);
        }
        handles.forEach(handle -> outcomes.putIfAbsent(handle, Outcome.RETRY));
        outcomes.forEach((handle, outcome) -> {
            if (outcome == Outcome.COMMITTED || outcome == Outcome.ALREADY_COMMITTED) {
                spool.delete(SpoolHandle.decode(handle.handle()).name());
            }
        });
        return outcomes;
    }

    private void reader(Prepared handle, Map<Prepared, SpoolReader> open, Map<Prepared, Outcome> outcomes) {
        SpoolHandle file = SpoolHandle.decode(handle.handle());
        SpoolReader reader = new SpoolReader(spool.file(file.name()), file);
        try {
            if (reader.isComplete()) {
                open.put(handle, reader);
            } else {
                outcomes.put(handle, Outcome.LOST);
            }
        } catch (IOException e) {
            throw spool.failure("read", e);
        }
    }

    private void send(EpochId epoch, Map<Prepared, SpoolReader> files, Map<Prepared, Outcome> outcomes) {
        Set<Integer> writers = new TreeSet<>();
        files.keySet().forEach(handle -> writers.add(handle.writer()));
        CommitMark after = mark().with(epoch, writers);
        AtomicReference<Prepared> current =
                new AtomicReference<>(files.keySet().iterator().next());
        mark = null; // whatever goes wrong, the next commit reads it again
        try {
            transactions.commit(sender -> {
                for (Map.Entry<Prepared, SpoolReader> file : files.entrySet()) {
                    current.set(file.getKey());
                    file.getValue().forEach(sender);
                }
                sender.accept(topic.record(after));
            });
            mark = after;
        } catch (Transactions.UncertainException e) {
            CommitMark found = settled();
            if (e.getCause() instanceof SpoolDamagedException) {
                outcomes.put(current.get(), Outcome.LOST);
                return;
            }
            if (!found.equals(after)) {
                throw retryable(e);
            }
        }
        files.keySet().forEach(handle -> outcomes.put(handle, Outcome.COMMITTED));
    }

    /** Nobody knows whether the transaction was committed: the topic does, once nothing of ours is under way. */
    private CommitMark settled() {
        mark = null;
        spool.checkOwner();
        check(topic.read());
        transactions.begin();
        CommitMark found = check(topic.read());
        mark = found;
        return found;
    }

    private CommitMark mark() {
        CommitMark now = mark;
        if (now == null) {
            throw new IllegalStateException("Cannot commit before claim");
        }
        return now;
    }

    /** Gives the space of prepared epochs back. */
    @Override
    public void abort(List<Prepared> handles) {
        handles.forEach(
                handle -> spool.delete(SpoolHandle.decode(handle.handle()).name()));
    }

    @Override
    public void close() {
        try (topic) {
            transactions.close();
        }
    }
}
