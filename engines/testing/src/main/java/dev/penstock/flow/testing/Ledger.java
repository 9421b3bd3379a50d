package dev.penstock.flow.testing;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.WriterSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was written to a test sink, over all lives of its engines: what is shown, and what is prepared. Any thread. */
final class Ledger<T> {
    private final List<T> shown = new ArrayList<>();
    private final Map<Transaction, List<T>> prepared = new HashMap<>();
    private final Set<Transaction> committed = new HashSet<>();
    private final Map<String, Long> claims = new HashMap<>();

    /** The items of one writer in one epoch. */
    record Transaction(String sinkId, EpochId epoch, int writer) {}

    synchronized List<T> items() {
        return List.copyOf(shown);
    }

    synchronized List<T> take() {
        List<T> taken = List.copyOf(shown);
        shown.clear();
        return taken;
    }

    synchronized void show(List<T> items) {
        shown.addAll(items);
    }

    synchronized void prepare(Transaction transaction, List<T> items) {
        prepared.put(transaction, List.copyOf(items));
    }

    /** Drops what writers before this one prepared and nobody sealed. */
    synchronized void abortStrays(WriterSlot slot) {
        prepared.keySet()
                .removeIf(transaction -> transaction.sinkId().equals(slot.sinkId())
                        && slot.ownsStray(
                                transaction.writer(), transaction.epoch().epoch()));
    }

    /** From now on older generations cannot commit. */
    synchronized void claim(String sinkId, long generation) {
        checkClaim(sinkId, generation);
        claims.put(sinkId, generation);
    }

    private void checkClaim(String sinkId, long generation) {
        long newest = claims.getOrDefault(sinkId, generation);
        if (newest > generation) {
            throw new FencedException("Cannot commit to sink '" + sinkId + "' as generation " + generation
                    + ": generation " + newest + " has taken over; end this process");
        }
    }

    synchronized Outcome commit(Transaction transaction, long generation) {
        checkClaim(transaction.sinkId(), generation);
        if (committed.contains(transaction)) {
            return Outcome.ALREADY_COMMITTED;
        }
        List<T> items = prepared.remove(transaction);
        if (items == null) {
            return Outcome.LOST;
        }
        shown.addAll(items);
        committed.add(transaction);
        return Outcome.COMMITTED;
    }
}
