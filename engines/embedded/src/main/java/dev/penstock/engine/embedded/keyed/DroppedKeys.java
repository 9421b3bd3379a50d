package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Key;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Keys that were dropped, as long as the store may still have them. */
final class DroppedKeys {
    private final Deque<Drops> epochs = new ArrayDeque<>();

    /** The keys dropped before the snapshot {@code snapshot} and after the one before it. */
    private record Drops(int snapshot, Set<Key> keys) {}

    /** A key was dropped, which snapshot {@code snapshot} will tell. */
    void add(byte[] key, int snapshot) {
        Drops last = epochs.peekLast();
        if (last == null || last.snapshot() != snapshot) {
            last = new Drops(snapshot, new HashSet<>());
            epochs.add(last);
        }
        last.keys().add(Key.of(key));
    }

    /** Snapshot {@code snapshot} and all before it are durable. */
    void durable(int snapshot) {
        while (!epochs.isEmpty() && epochs.getFirst().snapshot() <= snapshot) {
            epochs.removeFirst();
        }
    }

    boolean contains(byte[] key) {
        if (epochs.isEmpty()) {
            return false;
        }
        Key wanted = Key.of(key);
        return epochs.stream().anyMatch(drops -> drops.keys().contains(wanted));
    }
}
