package dev.penstock.connector.lancedb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.Transaction;
import org.lance.operation.Merge;
import org.lance.operation.Operation;
import org.lance.operation.Update;
import org.lance.operation.UpdateConfig;
import org.lance.operation.UpdateMap;

/**
 * Commits that conflict with each other.
 *
 * <p>Lance lets an append pass whatever came in between, so that two committers would both add the rows of an epoch. A
 * commit made here always touches the table's first fragment, the anchor, without changing it: of two that start from
 * one version, Lance accepts the first and refuses the second. A table without fragments has no anchor; there the whole
 * (empty) list of fragments is replaced, which Lance refuses after any change.
 */
final class TableCommit {
    private TableCommit() {}

    /**
     * What a commit does to the fragments of a table.
     *
     * @param updated fragments with more rows deleted
     * @param removed ids of fragments of which no row is left
     * @param added new fragments
     */
    record Change(List<FragmentMetadata> updated, List<Long> removed, List<FragmentMetadata> added) {
        static final Change NONE = new Change(List.of(), List.of(), List.of());

        Change {
            updated = List.copyOf(updated);
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }

        boolean touches(FragmentMetadata fragment) {
            return removed.contains((long) fragment.getId())
                    || updated.stream().anyMatch(other -> other.getId() == fragment.getId());
        }
    }

    /** Commits {@code change} if nothing came since {@code dataset}; gives the table as it is then, to be closed. */
    static Dataset commit(Dataset dataset, Change change, Map<String, String> properties) {
        return execute(dataset, operation(dataset, change), properties);
    }

    private static Operation operation(Dataset dataset, Change change) {
        Optional<FragmentMetadata> anchor = dataset.getFragments().stream()
                .min(Comparator.comparingInt(Fragment::getId))
                .map(Fragment::metadata);
        if (anchor.isEmpty()) {
            return Merge.builder()
                    .fragments(numbered(change.added(), firstFreeId(dataset)))
                    .schema(dataset.getSchema())
                    .build();
        }
        List<FragmentMetadata> updated = new ArrayList<>(change.updated());
        if (!change.touches(anchor.get())) {
            updated.add(anchor.get());
        }
        return Update.builder()
                .updatedFragments(updated)
                .removedFragmentIds(change.removed())
                .newFragments(change.added())
                .fieldsModified(new long[0])
                .fieldsForPreservingFragBitmap(new long[0])
                .updateMode(Optional.of(Update.UpdateMode.RewriteRows))
                .build();
    }

    /** An index may still name fragments that are gone; a new one under an old number would seem to be indexed. */
    private static int firstFreeId(Dataset dataset) {
        return dataset.getIndexes().stream()
                .flatMap(index -> index.fragments().stream().flatMap(List::stream))
                .mapToInt(id -> id + 1)
                .max()
                .orElse(0);
    }

    private static List<FragmentMetadata> numbered(List<FragmentMetadata> fragments, int first) {
        List<FragmentMetadata> numbered = new ArrayList<>();
        for (FragmentMetadata fragment : fragments) {
            numbered.add(new FragmentMetadata(
                    first + numbered.size(), fragment.getFiles(), fragment.getPhysicalRows(), null, null));
        }
        return numbered;
    }

    /** Sets a key of the table's config; conflicts with whoever sets the same key at the same time. */
    static void setConfig(Dataset dataset, String key, String value) {
        UpdateMap update =
                UpdateMap.builder().updates(Map.of(key, value)).replace(false).build();
        execute(dataset, UpdateConfig.builder().configUpdates(update).build(), Map.of())
                .close();
    }

    private static Dataset execute(Dataset dataset, Operation operation, Map<String, String> properties) {
        try (Transaction transaction = new Transaction.Builder()
                .readVersion(dataset.version())
                .operation(operation)
                .transactionProperties(properties)
                .build()) {
            return new CommitBuilder(dataset).maxRetries(1).execute(transaction);
        } finally {
            Stream.of(operation)
                    .filter(Merge.class::isInstance)
                    .map(Merge.class::cast)
                    .forEach(Merge::release);
        }
    }
}
