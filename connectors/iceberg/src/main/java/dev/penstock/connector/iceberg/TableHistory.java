package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.SourceSettings.Looking;
import dev.penstock.connector.iceberg.reading.TableRows;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.DataException;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * The snapshots of a branch, one after the other, as shards read them; looked at for all shards at once. Thread safe.
 */
final class TableHistory {
    private static final String KEEP_LONGER =
            "keep snapshots for longer than the pipeline may be down (history.expire.max-snapshot-age-ms, or a tag)";

    private final String name;
    private final Table table;
    private final SourceSettings settings;
    private final ReadColumns columns;
    private final SnapshotFiles files;
    private Optional<Snapshot> head;
    private long looked = System.nanoTime();

    TableHistory(String name, Table table, SourceSettings settings) {
        this.name = name;
        this.table = table;
        this.settings = settings;
        this.columns = new ReadColumns(settings.what().columns());
        this.files = new SnapshotFiles(settings.shards());
        this.head = newest();
    }

    /**
     * What a shard reads next.
     *
     * @param files in this order; those that a snapshot left nothing to read of are none
     * @param rows opens them
     */
    record Step(long snapshot, List<FileScanTask> files, TableRows rows) {}

    String uuid() {
        return table.uuid().toString();
    }

    synchronized Schema rows() {
        return columns.rows(table.schema());
    }

    private Optional<Snapshot> newest() {
        return Optional.ofNullable(
                SnapshotUtil.latestSnapshot(table, settings.what().branch()));
    }

    /** The snapshot that a first start reads whole; empty while there is none. */
    synchronized Optional<Long> first() {
        look();
        Optional<Long> asked = settings.what().startSnapshot();
        if (asked.isPresent() && table.snapshot(asked.get()) == null) {
            throw new ConfigException(
                    SourceSettings.START_SNAPSHOT.name(),
                    Problem.Code.NOT_FOUND,
                    "table '" + name + "' has no snapshot " + asked.get() + ", or it has expired",
                    "take one from the table's history");
        }
        return asked.or(() -> head.map(Snapshot::snapshotId));
    }

    /** Looks at the catalog again, if that is due; only while following. */
    private void look() {
        Looking looking = settings.looking();
        if (looking.follow() && System.nanoTime() - looked >= looking.interval().toNanos()) {
            table.refresh();
            head = newest();
            looked = System.nanoTime();
        }
    }

    /**
     * What comes after {@code state}; empty if there is nothing yet.
     *
     * @throws ResumeLostException if the history has a gap behind it
     * @throws DataException if what comes next is not an append and shall not be left out
     */
    synchronized Optional<Step> next(Shard shard, ReadState state) {
        requireTable(shard, state);
        if (state.done().isEmpty()) {
            return Optional.of(whole(shard, state));
        }
        look();
        Deque<Snapshot> later = after(shard, state, state.done().get());
        return later.isEmpty() ? Optional.empty() : Optional.of(step(shard, state, later.getFirst()));
    }

    /** A partition: its id, and which of the shards it is. */
    record Shard(String id, int number) {}

    /** Looks at the catalog for what {@code state} goes on with; throws as {@link #next} if that is gone. */
    synchronized void requireAvailable(Shard shard, ReadState state) {
        table.refresh();
        if (settings.looking().follow()) {
            // What was read by another process may be newer than what was seen here.
            head = newest();
        }
        requireTable(shard, state);
        if (state.done().isEmpty()) {
            requireSnapshot(shard, state);
        } else {
            after(shard, state, state.done().get());
        }
    }

    /** Whether the files of the snapshot that is being read may be gone. */
    synchronized boolean hasExpired(long snapshot) {
        table.refresh();
        return table.snapshot(snapshot) == null;
    }

    private void requireTable(Shard shard, ReadState state) {
        if (!state.table().equals(uuid())) {
            throw lost(shard, state, "another table has taken the place of '" + name + "'", "restore it");
        }
    }

    private void requireSnapshot(Shard shard, ReadState state) {
        if (table.snapshot(state.start()) == null) {
            throw expired(shard, state);
        }
    }

    private Step whole(Shard shard, ReadState state) {
        requireSnapshot(shard, state);
        long id = state.start();
        return new Step(id, planned(shard, state, id, () -> files.whole(table, id, shard.number())), opener());
    }

    /** The files of {@code snapshot}; manifests that are gone with it are a gap, others a damage. */
    private List<FileScanTask> planned(
            Shard shard, ReadState state, long snapshot, Supplier<List<FileScanTask>> planning) {
        try {
            return planning.get();
        } catch (NotFoundException e) {
            if (hasExpired(snapshot)) {
                throw lost(shard, state, "snapshot " + snapshot + ", which comes next, has expired", KEEP_LONGER);
            }
            throw e;
        }
    }

    private TableRows opener() {
        return new TableRows(table, columns.of(table.schema()), columns.rows(table.schema()));
    }

    /** The snapshots of the branch that follow {@code done}, the oldest first: the one that is half read, if one is. */
    private Deque<Snapshot> after(Shard shard, ReadState state, long done) {
        Deque<Snapshot> later = following(shard, state, done);
        if (state.place().isPresent()) {
            long reading = state.place().get().snapshot();
            if (later.isEmpty() || later.getFirst().snapshotId() != reading) {
                throw gap(shard, state, reading);
            }
        }
        return later;
    }

    private Deque<Snapshot> following(Shard shard, ReadState state, long done) {
        Deque<Snapshot> later = new ArrayDeque<>();
        Snapshot now = head.orElse(null);
        while (now != null && now.snapshotId() != done) {
            later.addFirst(now);
            Long parent = now.parentId();
            if (parent != null && parent == done) {
                return later;
            }
            now = parent == null ? null : table.snapshot(parent);
        }
        if (now != null) {
            return later;
        }
        throw gap(shard, state, done);
    }

    /** What goes on at {@code snapshot} cannot: it is gone, or not in the branch. */
    private ResumeLostException gap(Shard shard, ReadState state, long snapshot) {
        if (table.snapshot(snapshot) == null) {
            return expired(shard, state);
        }
        String branch = settings.what().branch();
        return lost(
                shard,
                state,
                "branch '" + branch + "' does not have that snapshot in its history any more",
                "roll the branch forward to it");
    }

    private ResumeLostException expired(Shard shard, ReadState state) {
        return lost(shard, state, "that snapshot has expired", KEEP_LONGER);
    }

    private ResumeLostException lost(Shard shard, ReadState state, String why, String remedy) {
        String earliest = newest().map(newest -> SnapshotUtil.oldestAncestorOf(newest.snapshotId(), table::snapshot))
                .map(oldest -> why + ", the oldest that can be read is " + oldest.snapshotId())
                .orElse(why + ", and there is none to read");
        return new ResumeLostException(
                shard.id(), state.shown(), earliest, remedy + ", or begin with a new state to read the table anew");
    }

    private Step step(Shard shard, ReadState state, Snapshot snapshot) {
        long id = snapshot.snapshotId();
        return switch (snapshot.operation() == null ? DataOperations.APPEND : snapshot.operation()) {
            case DataOperations.APPEND ->
                new Step(id, planned(shard, state, id, () -> files.added(table, id, shard.number())), opener());
            // The same rows in other files.
            case DataOperations.REPLACE -> new Step(id, List.of(), opener());
            case DataOperations.DELETE ->
                skipped(id, settings.skipped().deletes(), "deletes rows", SourceSettings.SKIP_DELETE.name());
            default ->
                skipped(id, settings.skipped().overwrites(), "overwrites rows", SourceSettings.SKIP_OVERWRITE.name());
        };
    }

    private Step skipped(long id, boolean skip, String what, String key) {
        if (skip) {
            return new Step(id, List.of(), opener());
        }
        throw new DataException("Cannot read snapshot " + id + " of table '" + name + "': it " + what
                + ", and only appended rows are read; set " + key
                + ": true to leave it out, or begin with a new state to read the table anew");
    }
}
