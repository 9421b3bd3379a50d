package dev.penstock.engine.embedded.store;

import static java.util.Objects.requireNonNull;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * Changes of keys as bytes, a log after the other; reads as a list of objects, which are made when they are asked for.
 */
public final class PackedChanges extends AbstractList<KeyChange> implements RandomAccess {
    private final List<KeyLog> logs;
    private final int size;

    private PackedChanges(List<KeyLog> logs) {
        this.logs = logs;
        this.size = logs.stream().mapToInt(KeyLog::size).sum();
    }

    /** What is in {@code log}, which is not to be changed any more. */
    public static PackedChanges of(KeyLog log) {
        return new PackedChanges(List.of(requireNonNull(log, "log")));
    }

    /** All of {@code lists}, one after the other; those that are packed are not copied. */
    public static PackedChanges joined(List<? extends List<KeyChange>> lists) {
        List<KeyLog> all = new ArrayList<>();
        lists.forEach(list -> all.addAll(list instanceof PackedChanges packed ? packed.logs : packed(list)));
        return new PackedChanges(all);
    }

    private static List<KeyLog> packed(List<KeyChange> changes) {
        Map<String, KeyLog> bySteps = new LinkedHashMap<>();
        changes.forEach(
                change -> bySteps.computeIfAbsent(change.stepId(), KeyLog::new).add(change));
        return List.copyOf(bySteps.values());
    }

    /** A log for each step, the changes of a key in their order. */
    Map<String, KeyLog> bySteps() {
        Map<String, List<KeyLog>> bySteps = new LinkedHashMap<>();
        for (KeyLog log : logs) {
            bySteps.computeIfAbsent(log.stepId(), stepId -> new ArrayList<>()).add(log);
        }
        Map<String, KeyLog> joined = new LinkedHashMap<>();
        bySteps.forEach((stepId, ofStep) -> joined.put(stepId, KeyLog.joined(ofStep)));
        return joined;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public KeyChange get(int index) {
        int left = index;
        for (KeyLog log : logs) {
            if (left >= 0 && left < log.size()) {
                return log.change(left);
            }
            left -= log.size();
        }
        throw new IndexOutOfBoundsException(index);
    }
}
