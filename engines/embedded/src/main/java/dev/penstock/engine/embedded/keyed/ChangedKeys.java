package dev.penstock.engine.embedded.keyed;

import java.util.function.Consumer;

/**
 * The keys that have changed since the last snapshot, in the order of their first change. One that came and went is
 * taken out at once, where it stands: its place is known, so that no other key is looked at, and its memory is free.
 * Not thread safe.
 */
final class ChangedKeys<S> {
    private static final int MANY = 4_096;

    private EntryList<S> entries = new EntryList<>();

    /** How many places are empty. */
    private int holes;

    int count() {
        return entries.size() - holes;
    }

    void add(KeyEntry<S> entry) {
        if (!entry.isChanged()) {
            entry.changedAt(entries.size());
            entries.add(entry);
        }
    }

    /** Takes out a key that has changed and is no more. */
    void remove(KeyEntry<S> entry) {
        entries.clear(entry.changedAt());
        entry.sealed(KeyEntry.NEVER);
        holes++;
        if (holes > MANY && holes > entries.size() / 2) {
            closeUp();
        }
    }

    private void closeUp() {
        EntryList<S> left = new EntryList<>();
        entries.forEach(entry -> {
            entry.changedAt(left.size());
            left.add(entry);
        });
        entries = left;
        holes = 0;
    }

    /** Hands over all of them, and is empty then. */
    void take(Consumer<KeyEntry<S>> taker) {
        EntryList<S> taken = entries;
        entries = new EntryList<>();
        holes = 0;
        taken.forEach(taker);
    }
}
