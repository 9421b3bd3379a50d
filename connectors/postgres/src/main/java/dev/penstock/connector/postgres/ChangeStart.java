package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Snapshot;
import dev.penstock.connector.postgres.ChangeSettings.WhenDropped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where reading begins.
 *
 * @param tables that are read, as they look now
 * @param counted the object ids of the tables whose rows are among those that the position says were given already
 */
record ChangeStart(ChangePosition position, List<ChangedTable> tables, Set<Integer> counted) {
    ChangeStart {
        tables = List.copyOf(tables);
        counted = Set.copyOf(counted);
    }

    /** The same at another position. */
    ChangeStart at(ChangePosition newPosition) {
        return new ChangeStart(newPosition, tables, counted);
    }

    /** Where reading begins that was never begun, or goes on at {@code resumed}. */
    static ChangeStart of(ChangeServer server, ChangeSettings settings, Optional<ChangePosition> resumed)
            throws SQLException {
        List<ChangedTable> tables = server.tables();
        if (resumed.isPresent()) {
            server.requireAvailable(resumed.get());
        }
        ReplicationSlot slot = server.requireSlot();
        server.requirePublication();
        boolean isDone = settings.snapshot() == Snapshot.NEVER;
        if (!isDone) {
            tables.forEach(server::requireKey);
        }
        if (resumed.isPresent()) {
            SnapshotProgress progress = known(server, settings, resumed.get(), tables);
            SnapshotProgress next = added(server, tables, progress, isDone);
            Set<Integer> counted = counted(resumed.get(), tables);
            boolean areSame = counted.equals(ids(next));
            ChangePosition position = areSame ? resumed.get() : resumed.get().withOthersThan(counted);
            return new ChangeStart(position.with(next), tables, areSame ? counted : ids(next));
        }
        ChangePosition first = new ChangePosition(
                server.system(),
                isDone ? slot.confirmed() : server.written(),
                List.of(),
                0,
                ChangePosition.NO_STOP,
                new SnapshotProgress(tables.stream()
                        .map(table -> SnapshotProgress.Table.of(table, isDone))
                        .toList()));
        return new ChangeStart(first, tables, Set.of());
    }

    private static Set<Integer> counted(ChangePosition position, List<ChangedTable> tables) {
        List<SnapshotProgress.Table> known = position.snapshot().tables();
        return known.isEmpty()
                ? tables.stream().map(table -> table.relation().id()).collect(Collectors.toSet())
                : ids(position.snapshot());
    }

    private static Set<Integer> ids(SnapshotProgress progress) {
        return progress.tables().stream().map(SnapshotProgress.Table::id).collect(Collectors.toSet());
    }

    /** What the state knows of the tables that are read still; their names may be new to it, or be others now. */
    private static SnapshotProgress known(
            ChangeServer server, ChangeSettings settings, ChangePosition position, List<ChangedTable> tables) {
        List<SnapshotProgress.Table> kept = new ArrayList<>();
        for (SnapshotProgress.Table table : position.snapshot().tables()) {
            Optional<ChangedTable> now = tables.stream()
                    .filter(each -> each.relation().id() == table.id())
                    .findFirst();
            boolean isWanted = !table.isNamed() || settings.wants(table.name());
            if (now.isPresent()) {
                kept.add(new SnapshotProgress.Table(table.id(), now.get().name(), table.done(), table.after()));
            } else if (isWanted && settings.policies().whenDropped() == WhenDropped.ERROR) {
                throw gone(server, position, table, tables);
            }
        }
        return new SnapshotProgress(kept);
    }

    private static RuntimeException gone(
            ChangeServer server, ChangePosition position, SnapshotProgress.Table table, List<ChangedTable> tables) {
        boolean isAnew =
                !table.isNamed() || tables.stream().anyMatch(each -> each.name().equals(table.name()));
        String shown = table.isNamed() ? table.shown() : tables.get(0).name().toString();
        return server.lost(
                position,
                "table '" + shown + "' was dropped"
                        + (isAnew ? " and made anew" : ", or is no longer in the publication"),
                "empty what it was written to, and start with an empty state, or set when-dropped: ignore"
                        + (isAnew ? ", which reads the new one beside what there is" : ""));
    }

    /** A table that is new to the state is read as soon as nobody changes it who began before it was published. */
    private static SnapshotProgress added(
            ChangeServer server, List<ChangedTable> tables, SnapshotProgress known, boolean isDone)
            throws SQLException {
        SnapshotProgress progress = known;
        for (ChangedTable table : tables) {
            if (progress.find(table.relation().id()).isEmpty()) {
                if (!isDone) {
                    server.awaitWriters(table);
                }
                progress = progress.with(SnapshotProgress.Table.of(table, isDone));
            }
        }
        return progress;
    }

    /** The same with all values read as text. */
    ChangeStart asText() {
        return new ChangeStart(
                position, tables.stream().map(ChangedTable::asText).toList(), counted);
    }

    /** The tables whose rows are not all given that were there before; first the one that was begun. */
    List<ChangedTable> unread() {
        Comparator<ChangedTable> begunFirst =
                Comparator.comparing(table -> progress(table).after().isEmpty());
        return tables.stream()
                .filter(table -> !progress(table).done())
                .sorted(begunFirst)
                .toList();
    }

    /** What is known of {@code table}. */
    SnapshotProgress.Table progress(ChangedTable table) {
        return position.snapshot().find(table.relation().id()).orElseThrow();
    }
}
