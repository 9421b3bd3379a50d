package dev.penstock.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.StateVersionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Commits all handles it is given in one step of the server, and with them, for each writer of each run, the mark that
 * says up to which epoch it has come.
 *
 * <p>Every commit begins by asking for those marks. So it does not matter whether an earlier attempt failed, or
 * succeeded and its reply was lost (ST-06), or was made by another process (ST-04). A mark holds one number and is
 * never thrown away, whereas the server forgets its history. It names the run: after an older checkpoint was restored,
 * the same epochs come again with other rows (ST-11).
 */
class MemorySinkCommitter implements SinkCommitter {
    private final TableClient client;
    private final String sinkId;
    private final long generation;

    MemorySinkCommitter(TableClient client, String sinkId, long generation) {
        this.client = client;
        this.sinkId = sinkId;
        this.generation = generation;
    }

    @Override
    public void claim() {
        client.claim(generation);
    }

    @Override
    public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
        Map<Prepared, Outcome> outcomes = look(handles);
        if (outcomes.containsValue(Outcome.LOST)) {
            // A newer incarnation throws away what this one prepared: then it is fenced, and nothing is lost.
            client.claim(generation);
        }
        List<TransactionName> names = new ArrayList<>();
        Map<String, Long> marks = new LinkedHashMap<>();
        outcomes.forEach((handle, outcome) -> {
            if (outcome == Outcome.COMMITTED) {
                names.add(name(handle));
                marks.merge(mark(handle), handle.epoch().epoch(), Math::max);
            }
        });
        if (!names.isEmpty()) {
            client.commit(generation, names, marks);
        }
        return outcomes;
    }

    /**
     * What can become of each handle. From an epoch on of which something is lost nothing is committed: an epoch is
     * visible whole or not at all, and none before those that it follows.
     */
    private Map<Prepared, Outcome> look(List<Prepared> handles) {
        Map<TransactionName, Boolean> there = client.transactions();
        Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
        long firstLost = Long.MAX_VALUE;
        for (Prepared handle : handles) {
            Outcome outcome = isCommitted(handle)
                    ? Outcome.ALREADY_COMMITTED
                    : there.getOrDefault(name(handle), false) ? Outcome.COMMITTED : Outcome.LOST;
            outcomes.put(handle, outcome);
            firstLost =
                    outcome == Outcome.LOST ? Math.min(firstLost, handle.epoch().epoch()) : firstLost;
        }
        long end = firstLost;
        outcomes.replaceAll((handle, outcome) ->
                outcome == Outcome.COMMITTED && handle.epoch().epoch() >= end ? Outcome.RETRY : outcome);
        return outcomes;
    }

    boolean isCommitted(Prepared handle) {
        return client.mark(mark(handle)).orElse(Long.MIN_VALUE)
                >= handle.epoch().epoch();
    }

    String mark(Prepared handle) {
        return sinkId + ":" + handle.epoch().runId() + ":writer-" + handle.writer();
    }

    static TransactionName name(Prepared handle) {
        ResumeState state = handle.handle();
        if (state.version() != MemorySinkWriter.HANDLE_VERSION) {
            throw new StateVersionException("a handle", state.version(), MemorySinkWriter.HANDLE_VERSION);
        }
        return TransactionName.parse(new String(state.bytes(), UTF_8))
                .orElseThrow(
                        () -> new StateVersionException("a handle", new IllegalArgumentException("no name in it")));
    }

    @Override
    public void abort(List<Prepared> handles) {
        handles.forEach(handle -> client.abort(name(handle)));
    }

    @Override
    public void close() {
        client.close();
    }
}
