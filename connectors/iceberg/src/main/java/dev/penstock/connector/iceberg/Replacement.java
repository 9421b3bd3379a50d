package dev.penstock.connector.iceberg;

import dev.penstock.spi.RetryableException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;

/**
 * A commit that puts files in the place of others with the same rows. It is made once: the summary of its snapshot
 * carries a key, by which each attempt finds out whether an earlier one was made after all.
 */
final class Replacement {
    /** Whose files and notes those of upkeep are: of a step without a name, which no pipeline has. */
    static final SinkName WRITER = SinkName.of("maintenance/");

    static final String KEY = "penstock.maintenance";

    private final String key = UUID.randomUUID().toString();
    private final Upkeep upkeep;
    private final Function<Table, SnapshotUpdate<?>> maker;
    private @Nullable CommitTable made;
    private @Nullable SnapshotUpdate<?> update;

    /**
     * A commit.
     *
     * @param maker makes the update for a table, perhaps several times, each for a table loaded anew
     */
    Replacement(Upkeep upkeep, Function<Table, SnapshotUpdate<?>> maker) {
        this.upkeep = upkeep;
        this.maker = maker;
    }

    /**
     * Commits to {@code branch}; gives the reason if the table has changed so that it must not be made any more, and
     * nothing if it was made.
     *
     * @throws RetryableException if nobody knows whether it was made
     */
    Optional<String> commit(String what, String branch) {
        return upkeep.loop().run(what, table -> attempt(table, branch));
    }

    private Optional<Optional<String>> attempt(CommitTable table, String branch) {
        if (isMade(table)) {
            return Optional.of(Optional.empty());
        }
        CommitTable.Staged staged;
        try {
            staged = table.stage(update(table, branch), branch);
        } catch (ValidationException e) {
            return isMade(table) ? Optional.of(Optional.empty()) : Optional.of(Optional.of(IcebergErrors.text(e)));
        }
        table.commit(staged, Map.of());
        return Optional.of(Optional.empty());
    }

    private boolean isMade(CommitTable table) {
        return table.refresh().snapshots().stream()
                .anyMatch(snapshot -> key.equals(snapshot.summary().get(KEY)));
    }

    private SnapshotUpdate<?> update(CommitTable table, String branch) {
        if (update == null || made != table) {
            SnapshotUpdate<?> fresh = maker.apply(table.table());
            fresh.set(KEY, key);
            // Manifests that are not needed may be part of an attempt that was made; they are left to 'orphans'.
            fresh.deleteWith(location -> {});
            if (!branch.equals("main")) {
                fresh.toBranch(branch);
            }
            update = fresh;
            made = table;
        }
        return update;
    }
}
