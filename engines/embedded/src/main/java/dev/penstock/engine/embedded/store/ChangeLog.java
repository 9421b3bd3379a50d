package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Keyed state in memory, as the changes that made it. They are written one after the other, which costs a copy of their
 * bytes; when those that count no more may be as many as the others, each step is written anew without them. Not thread
 * safe.
 */
public final class ChangeLog {
    private static final long ALWAYS_KEPT = 4L << 20;

    private final Map<String, KeyLog> logs = new HashMap<>();

    /** What was left when all was written anew. */
    private long live;

    /** The steps that have state, or had some. */
    public Set<String> steps() {
        return new HashSet<>(logs.keySet());
    }

    /** Adds changes, of which the last of a key counts. */
    public void add(List<KeyChange> changes) {
        PackedChanges.joined(List.of(changes))
                .bySteps()
                .forEach((stepId, log) ->
                        logs.computeIfAbsent(stepId, KeyLog::new).addAll(log));
        if (bytes() > ALWAYS_KEPT + 2 * live) {
            compact();
        }
    }

    private long bytes() {
        return logs.values().stream().mapToLong(KeyLog::bytes).sum();
    }

    /** Whether what is left of the changes takes more than {@code most} bytes. */
    public boolean isMoreThan(long most) {
        if (bytes() > most) {
            compact();
        }
        return bytes() > most;
    }

    private void compact() {
        logs.replaceAll(ChangeLog::compacted);
        live = bytes();
    }

    private static KeyLog compacted(String stepId, KeyLog log) {
        SortedChanges changes = SortedChanges.of(log);
        KeyLog compacted = new KeyLog(stepId);
        BlockCursor cursor = new BlockCursor();
        for (int i = 0; i < changes.size(); i++) {
            if (!changes.isDrop(i)) {
                changes.show(i, cursor);
                compacted.add(cursor);
            }
        }
        return compacted;
    }

    /** Hands over the keys and values of {@code stepId}, in the order of the keys. */
    public void forEach(String stepId, BiConsumer<byte[], byte[]> entries) {
        KeyLog log = logs.get(stepId);
        if (log == null) {
            return;
        }
        SortedChanges changes = SortedChanges.of(log);
        BlockCursor cursor = new BlockCursor();
        for (int i = 0; i < changes.size(); i++) {
            if (!changes.isDrop(i)) {
                changes.show(i, cursor);
                entries.accept(cursor.key(), cursor.value());
            }
        }
    }

    /** All changes that made the state. Nothing is to be added from now on. */
    public List<KeyChange> changes() {
        return PackedChanges.joined(
                logs.values().stream().map(PackedChanges::of).toList());
    }

    /** Forgets everything. */
    public void clear() {
        logs.clear();
        live = 0;
    }
}
