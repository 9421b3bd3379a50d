package dev.penstock.connector.lancedb;

import dev.penstock.spi.RetryableException;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What several segments do together, as if they were one: which rows of the table go, and which data files come.
 *
 * <p>A row that a later segment replaces or deletes must never be seen. Files that hold such rows are written anew
 * without them.
 */
final class Composition {
    private static final int BATCH_ROWS = 8192;

    private final Lance lance;
    private final Staging staging;
    private final Lance.FileLimits limits;
    private final TableSchema table;

    Composition(Lance lance, Staging staging, Lance.FileLimits limits, TableSchema table) {
        this.lance = lance;
        this.staging = staging;
        this.limits = limits;
        this.table = table;
    }

    /** A handle and where its files are. */
    record Work(HandleId id, Handle handle) {}

    /** A fragment to commit, and the handle whose directory holds its files. */
    record Placed(HandleId owner, StagedFragment fragment, List<String> columns) {}

    /**
     * The work of a commit.
     *
     * @param gone the rows of the table that go; empty for appends
     * @param fragments what is added
     */
    record Result(Optional<KeySets> gone, List<Placed> fragments) {
        Result {
            fragments = List.copyOf(fragments);
        }
    }

    /** Composes {@code works}, in order. */
    Result compose(List<Work> works) {
        Optional<Handle> upsert =
                works.stream().map(Work::handle).filter(Handle::isUpsert).reduce((first, second) -> second);
        Optional<KeySets> gone = upsert.map(handle -> new KeySets(handle.key(), handle.deleteBy()));
        List<Placed> fragments = new ArrayList<>();
        for (int i = works.size() - 1; i >= 0; i--) {
            Work work = works.get(i);
            List<Segment> segments = work.handle().segments();
            for (int s = segments.size() - 1; s >= 0; s--) {
                fragments.addAll(segment(work, segments.get(s), gone));
            }
        }
        Collections.reverse(fragments);
        return new Result(gone, fragments);
    }

    /** The fragments of one segment without the rows that later ones, already in {@code later}, take away. */
    private List<Placed> segment(Work work, Segment segment, Optional<KeySets> later) {
        List<Placed> placed = new ArrayList<>();
        Set<KeyBytes> keys = new HashSet<>();
        for (StagedFragment fragment : segment.fragments()) {
            boolean whole =
                    later.map(sets -> collect(work, fragment, sets, keys)).orElse(true);
            if (whole) {
                placed.add(new Placed(work.id(), fragment, work.handle().columns()));
            } else {
                placed.addAll(rewrite(work, fragment, later.orElseThrow()));
            }
        }
        later.filter(sets -> work.handle().isUpsert()).ifPresent(sets -> {
            sets.keys().addAll(keys);
            sets.keys().addAll(segment.goneKeys());
            sets.deletes().addAll(segment.deletes());
        });
        Collections.reverse(placed);
        return placed;
    }

    /** Adds the keys of a fragment to {@code keys}; whether all of its rows stay. */
    private boolean collect(Work work, StagedFragment fragment, KeySets later, Set<KeyBytes> keys) {
        boolean[] whole = {true};
        Schema columns = table.rows(later.columns(), "key");
        read(work, fragment, columns, batch -> {
            KeySets.Test test = later.test(batch);
            KeyEncoder encoder = new KeyEncoder(batch, later.keyColumns());
            for (int row = 0; row < batch.rowCount(); row++) {
                whole[0] &= !test.goes(row);
                if (!encoder.hasNull(row)) {
                    keys.add(encoder.encode(row));
                }
            }
        });
        return whole[0];
    }

    private List<Placed> rewrite(Work work, StagedFragment fragment, KeySets later) {
        List<RecordBatch> kept = new ArrayList<>();
        Schema columns = table.rows(topLevel(columnsOf(fragment, work.handle())), "key");
        read(work, fragment, columns, batch -> {
            KeySets.Test test = later.test(batch);
            boolean[] keep = new boolean[batch.rowCount()];
            for (int row = 0; row < keep.length; row++) {
                keep[row] = !test.goes(row);
            }
            kept.add(batch.filter(keep));
        });
        if (kept.stream().allMatch(RecordBatch::isEmpty)) {
            return List.of();
        }
        return lance.write(staging.directory(work.id()), table.arrow(), kept.iterator(), limits).stream()
                .map(written -> new Placed(work.id(), StagedFragment.of(written), table.columns()))
                .toList();
    }

    /** Columns that were added within the epoch stand behind those that earlier files have. */
    private static List<String> columnsOf(StagedFragment fragment, Handle handle) {
        int last = fragment.files().stream()
                .flatMap(file -> file.fields().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(-1);
        return handle.columns().subList(0, last + 1);
    }

    private static List<String> topLevel(List<String> columns) {
        return columns.stream().filter(path -> !path.contains(".")).toList();
    }

    private void read(Work work, StagedFragment fragment, Schema columns, java.util.function.Consumer<RecordBatch> to) {
        // Fragments are written with one data file each; others come only from adding columns.
        String file = fragment.files().get(0).name();
        String place = staging.find(work.id(), file)
                .orElseThrow(() -> new RetryableException(
                        "Cannot read back data file '" + file + "': it was moved meanwhile; look again",
                        Duration.ZERO));
        try (ArrowRows rows = lance.file(place, columns.names(), BATCH_ROWS)) {
            while (rows.next()) {
                to.accept(ArrowReading.read(rows.root(), columns));
            }
        }
    }
}
