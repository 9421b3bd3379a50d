package dev.penstock.connector.postgres;

import static java.util.Objects.requireNonNull;

import dev.penstock.connector.postgres.ChangeSettings.Snapshot;
import dev.penstock.connector.postgres.ChangeSettings.Truncates;
import dev.penstock.connector.postgres.ChangeSettings.WhenAltered;
import dev.penstock.connector.postgres.ChangeSettings.WhenDropped;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.data.Operation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables that a reader reads, as they look at the place where it is. Not thread safe. */
final class ChangedTables implements StreamedTables {
    private final ChangeSettings settings;
    private final Connections connections;
    private final SnapshotSequence snapshots;
    private final boolean binary;
    private final @Nullable EventRows events;
    private final Map<Integer, Known> known = new HashMap<>();
    /** The tables as they looked when reading began: whoever began it knows of these columns. */
    private final Map<Integer, ChangedTable> atStart = new HashMap<>();
    /** The tables whose changes are given; of those without key, when they were read. */
    private final Map<Integer, Optional<KeylessSnapshot>> followed = new HashMap<>();

    private final ChangeBatch first;
    private SnapshotProgress progress;

    /** The tables of {@code start}, and those that the stream speaks of. */
    ChangedTables(ChangeSettings settings, Connections connections, ChangeStart start, SnapshotSequence snapshots) {
        List<ChangedTable> now = start.tables();
        this.settings = settings;
        this.connections = connections;
        this.snapshots = snapshots;
        this.binary = now.stream().allMatch(ChangedTable::hasBinary);
        this.events = settings.rows().events() ? new EventRows(settings.slot(), new EventForm(settings.rows())) : null;
        ChangeBatch batch = events;
        for (ChangedTable table : now) {
            Known one = new Known(table, rows(table), false);
            known.put(table.relation().id(), one);
            atStart.put(table.relation().id(), table);
            batch = batch == null ? one.rows().batch() : batch;
        }
        this.first = requireNonNull(batch, "batch");
        this.progress = start.position().snapshot();
        for (ChangedTable table : now) {
            SnapshotProgress.Table known = start.progress(table);
            boolean isSeen =
                    table.key().isEmpty() && known.done() && !known.after().isEmpty();
            follow(table, isSeen ? Optional.of(KeylessSnapshot.of(known.after())) : Optional.empty());
        }
    }

    /**
     * A table as it looked last.
     *
     * @param streamed whether it was the stream that said so
     */
    private record Known(ChangedTable table, ChangeRows rows, KeyForm form, boolean streamed) {
        Known(ChangedTable table, ChangeRows rows, boolean streamed) {
            this(table, rows, new KeyForm(table), streamed);
        }
    }

    private ChangeRows rows(ChangedTable table) {
        EventRows shared = events;
        return shared == null
                ? new TableRows(settings.slot(), table, settings.rows().metadata())
                : new EventTable(table, shared);
    }

    /** What is given as long as nothing has come. */
    ChangeBatch first() {
        return first;
    }

    Truncates truncates() {
        return settings.policies().truncates();
    }

    /** The rows of tables that were there before. */
    SnapshotSequence snapshots() {
        return snapshots;
    }

    private void follow(ChangedTable table, Optional<KeylessSnapshot> read) {
        followed.put(table.relation().id(), read);
    }

    /** How far the rows are given that were there before. */
    SnapshotProgress progress() {
        return progress;
    }

    /** Reads {@code table} too; call it between transactions. */
    void added(ChangedTable table) {
        if (followed.containsKey(table.relation().id())) {
            return;
        }
        if (binary && !table.hasBinary()) {
            throw new RetryableException(
                    "Cannot read table '" + table.name() + "' beside the others as before: it has types without binary"
                            + " form; all are read as text from here on",
                    Duration.ZERO);
        }
        boolean isWanted = settings.snapshot() == Snapshot.INITIAL;
        follow(table, Optional.empty());
        if (isWanted) {
            snapshots.add(binary ? table : table.asText(), List.of());
        }
        progress = progress.with(SnapshotProgress.Table.of(table, !isWanted));
    }

    /** Reads a table no more. */
    void gone(TableWatch.Gone table) {
        if (settings.policies().whenDropped() == WhenDropped.ERROR) {
            throw new FatalException("Cannot go on reading table '" + table.name() + "': it was "
                    + (table.dropped() ? "dropped" : "taken out of the publication") + ", and all of its changes were"
                    + " given; leave it out of 'tables', or set when-dropped: ignore");
        }
        known.remove(table.id());
        followed.remove(table.id());
        snapshots.remove(table.id());
        progress = progress.without(table.id());
    }

    @Override
    public boolean knows(Relation relation) {
        Known last = known.get(relation.id());
        return !settings.wants(relation.name()) || (last != null && last.table().looksLike(relation));
    }

    @Override
    public @Nullable ChangeRows changed(Relation relation) {
        if (!settings.wants(relation.name())) {
            return null;
        }
        Known last = known.get(relation.id());
        if (last == null || !last.table().looksLike(relation)) {
            requireSame(last, relation);
            ChangedTable now = described(relation);
            last = new Known(now, rows(now), true);
            if (settings.snapshot() == Snapshot.NEVER) {
                followAsItComes(now);
            }
        } else if (!last.streamed()) {
            last = new Known(last.table(), last.rows(), last.form(), true);
        }
        known.put(relation.id(), last);
        return last.rows();
    }

    private void followAsItComes(ChangedTable table) {
        if (!followed.containsKey(table.relation().id())) {
            follow(table, Optional.empty());
            progress = progress.with(SnapshotProgress.Table.of(table, true));
        }
    }

    private void requireSame(@Nullable Known last, Relation relation) {
        boolean isWatched = settings.policies().whenAltered() == WhenAltered.ERROR;
        ChangedTable first = atStart.get(relation.id());
        boolean isExpected = first != null && first.hasColumnsOf(relation);
        if (isWatched
                && !isExpected
                && last != null
                && last.streamed()
                && !last.table().hasColumnsOf(relation)) {
            throw new FatalException("Cannot go on reading table '" + relation.name() + "': its columns were "
                    + last.table().relation().shownColumns() + " and are " + relation.shownColumns()
                    + "; see that those who read the rows are ready for them and start the pipeline again, or set"
                    + " when-altered: follow");
        }
    }

    private ChangedTable described(Relation relation) {
        try (Connection connection = connections.open()) {
            ChangeServer server = new ChangeServer(connection, settings);
            ChangedTable described = server.describe(relation);
            boolean isNow = server.find(relation.name())
                    .filter(table -> table.looksLike(relation))
                    .isPresent();
            boolean isReadable = described.hasBinary() || !binary;
            ChangedTable read = binary ? described : described.asText();
            if (isNow && !(isReadable && snapshots.looksLike(read))) {
                throw new RetryableException(
                        "Cannot go on reading table '" + relation.name() + "' as before: its columns have changed; it"
                                + " is read with its new ones from here on",
                        Duration.ZERO);
            }
            return read;
        } catch (SQLException e) {
            throw Failures.during("Cannot read the columns of table '" + relation.name() + "'", e);
        }
    }

    @Override
    public void began(ChangeTransaction transaction) {
        snapshots.began(transaction.id());
    }

    @Override
    public void changed(ChangedTable table, Operation operation, ReplicationTuple row) {
        Known last = known.get(table.relation().id());
        if (last != null && !snapshots.isFinished()) {
            snapshots.changed(table, operation, row, last.form());
        }
    }

    /** Rows of a table that were there before were given. */
    void given(SnapshotFeed.Given given) {
        progress = progress.with(given.progress());
        given.seen().ifPresent(seen -> followed.put(given.progress().id(), given.seen()));
    }

    /** One that is not followed yet will be read when it is, and has all that it was changed to by then. */
    @Override
    public boolean follows(int id) {
        return followed.containsKey(id);
    }

    @Override
    public boolean isCovered(ChangedTable table, ChangeTransaction transaction) {
        Optional<KeylessSnapshot> read = followed.getOrDefault(table.relation().id(), Optional.empty());
        return read.isPresent() && read.get().saw(transaction);
    }

    @Override
    public void truncated(ChangedTable table) {
        snapshots.truncated(table);
    }

    @Override
    public void message(String prefix, String content) {
        snapshots.message(prefix, content);
    }
}
