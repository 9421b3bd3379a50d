package dev.penstock.connector.iceberg;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes prepared files part of the table, those of several epochs in one snapshot.
 *
 * <p>Each attempt reads the newest metadata, decides from it alone what is committed already, stages a snapshot on top
 * and swaps the metadata if nobody changed it in between. Whatever comes of that, the next attempt decides anew.
 */
final class IcebergCommitter implements SinkCommitter {
    private final CommitLoop loop;
    private final CommitUpdate.Target target;
    private final long generation;
    private final String tableName;

    private boolean claimed;
    private @Nullable CommitUpdate update;

    IcebergCommitter(CommitLoop loop, CommitUpdate.Target target, long generation, String tableName) {
        this.loop = loop;
        this.target = target;
        this.generation = generation;
        this.tableName = tableName;
    }

    /**
     * Commits a snapshot without files that says who owns the sink. A property alone would do where a catalog swaps
     * whole metadata; one that only compares the newest snapshot of the branch would let an older incarnation's commit
     * pass.
     */
    @Override
    public void claim() {
        claimed = loop.run("claim table '" + tableName + "'", this::claim);
    }

    private Optional<Boolean> claim(CommitTable table) {
        Marker marker = table.refresh().marker(target.sink());
        CommitDecision.checkOwner(marker, target.sink(), generation);
        if (marker.generation() == generation) {
            return Optional.of(true);
        }
        return swap(table, marker, Map.of()) ? Optional.of(true) : Optional.empty();
    }

    /** Commits {@code handles} if the table still says {@code before}; gives whether it did. */
    private boolean swap(CommitTable table, Marker before, Map<HandleId, Handle> handles) {
        String after = before.ownedBy(generation).plus(handles.keySet()).toJson();
        if (update == null || !update.isFor(table, after, List.copyOf(handles.keySet()))) {
            update = CommitUpdate.of(table, target, after, handles);
        }
        CommitTable.Staged staged = table.stage(update.chain());
        boolean same = staged.view().marker(target.sink()).equals(before)
                && staged.specs().equals(update.specs());
        if (!same) {
            return false;
        }
        table.commit(staged, Map.of(target.sink().property(), after));
        update = null;
        return true;
    }

    @Override
    public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
        if (handles.isEmpty()) {
            return Map.of();
        }
        if (!claimed) {
            claim();
        }
        Work work = new Work(handles);
        Map<Prepared, Outcome> outcomes = loop.run("commit to table '" + tableName + "'", work::attempt);
        update = null;
        return outcomes;
    }

    /** The handles of one call, and what is known of them. */
    private final class Work {
        private final Map<HandleId, Prepared> prepared = new LinkedHashMap<>();
        private final Map<HandleId, Handle> handles = new LinkedHashMap<>();
        private final Set<HandleId> tried = new HashSet<>();
        private @Nullable Set<HandleId> lost;

        Work(List<Prepared> all) {
            for (Prepared one : all) {
                HandleId id = HandleId.of(one);
                prepared.put(id, one);
                handles.put(id, Handle.of(id, one.handle()));
            }
        }

        Optional<Map<Prepared, Outcome>> attempt(CommitTable table) {
            CommitDecision decision = CommitDecision.of(table.refresh(), target.sink(), generation, handles);
            if (decision.open().isEmpty()) {
                return Optional.of(settled(table, decision, Outcome.COMMITTED));
            }
            if (!lost(table, decision.open()).isEmpty()) {
                return Optional.of(settled(table, decision, Outcome.RETRY));
            }
            tried.addAll(decision.open());
            Map<HandleId, Handle> chosen = new LinkedHashMap<>();
            decision.open().forEach(id -> chosen.put(id, handle(id)));
            if (!reachesAll(table, chosen)) {
                return Optional.empty();
            }
            return swap(table, decision.marker(), chosen)
                    ? Optional.of(settled(table, decision, Outcome.COMMITTED))
                    : Optional.empty();
        }

        /** Whether the table knows the specs that deletes need; if not, it does when the next attempt begins. */
        private boolean reachesAll(CommitTable table, Map<HandleId, Handle> chosen) {
            TableSpecs specs = table.specs();
            boolean everywhere = chosen.values().stream()
                    .flatMap(handle -> handle.segments().stream())
                    .anyMatch(segment -> segment.reachesEverywhere(specs));
            if (everywhere && specs.unpartitioned().isEmpty()) {
                table.addUnpartitionedSpec();
                return false;
            }
            return true;
        }

        private Handle handle(HandleId id) {
            return requireNonNull(handles.get(id), "handle");
        }

        /** Those of which a file is gone. A commit of them would make the table unreadable. */
        private Set<HandleId> lost(CommitTable table, List<HandleId> open) {
            if (lost == null) {
                Set<HandleId> found = new HashSet<>();
                for (HandleId id : open) {
                    boolean whole = handle(id).locations().stream()
                            .allMatch(location ->
                                    table.table().io().newInputFile(location).exists());
                    if (!whole) {
                        found.add(id);
                    }
                }
                lost = found;
            }
            return lost;
        }

        /** The outcome of each: {@code open} for those that were not committed when the decision was made. */
        private Map<Prepared, Outcome> settled(CommitTable table, CommitDecision decision, Outcome open) {
            Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
            Set<HandleId> gone = lost == null ? Set.of() : lost;
            Intents intents = new Intents(table.table(), target.sink());
            prepared.forEach((id, one) -> {
                boolean committed =
                        open == Outcome.COMMITTED || decision.committed().contains(id);
                if (committed) {
                    intents.end(id);
                    outcomes.put(one, tried.contains(id) ? Outcome.COMMITTED : Outcome.ALREADY_COMMITTED);
                } else {
                    outcomes.put(one, gone.contains(id) ? Outcome.LOST : open);
                }
            });
            return outcomes;
        }
    }

    /** Removes the files of work that nobody will commit. */
    @Override
    public void abort(List<Prepared> prepared) {
        loop.run("abort work for table '" + tableName + "'", table -> {
            Map<HandleId, Handle> handles = new LinkedHashMap<>();
            prepared.forEach(one -> handles.put(HandleId.of(one), Handle.of(HandleId.of(one), one.handle())));
            CommitDecision decision = CommitDecision.of(table.refresh(), target.sink(), generation, handles);
            Intents intents = new Intents(table.table(), target.sink());
            for (HandleId id : decision.open()) {
                requireNonNull(handles.get(id), "handle")
                        .locations()
                        .forEach(table.table().io()::deleteFile);
                intents.end(id);
            }
            return Optional.of(true);
        });
    }

    @Override
    public void close() {
        update = null;
    }

    /** How a committer is made: with a table of its own, which no other thread uses. */
    static IcebergCommitter of(TableAccess access, SinkName sink, SinkSettings.Commits commits, long generation) {
        Supplier<CommitTable> tables = () -> new CommitTable(access.load());
        return new IcebergCommitter(
                new CommitLoop(tables, commits.timeout()),
                new CommitUpdate.Target(sink, commits.branch()),
                generation,
                access.name());
    }
}
