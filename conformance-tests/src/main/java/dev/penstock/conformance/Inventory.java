package dev.penstock.conformance;

import java.util.Set;
import java.util.TreeSet;

/**
 * The outside objects of a fixture's place at one instant.
 *
 * @param objects each as {@code kind:name}: {@code table:orders}, {@code slot:p1}, {@code file:/tmp/x}
 * @param openTransactions what was begun and neither committed nor aborted, each by a name
 */
public record Inventory(Set<String> objects, Set<String> openTransactions) {
    public Inventory {
        objects = Set.copyOf(objects);
        openTransactions = Set.copyOf(openTransactions);
    }

    /** What is here and not in {@code before}, sorted. */
    public Set<String> addedSince(Inventory before) {
        Set<String> added = new TreeSet<>(objects);
        added.addAll(openTransactions);
        added.removeAll(before.objects);
        added.removeAll(before.openTransactions);
        return added;
    }
}
