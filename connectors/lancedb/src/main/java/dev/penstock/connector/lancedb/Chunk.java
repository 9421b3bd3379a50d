package dev.penstock.connector.lancedb;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows that wait in memory to be written, folded in the order they came: of each key only the last row is kept, and a
 * delete takes away what came before it.
 */
final class Chunk {
    private final WriteMode mode;
    private final boolean deletesByKey;
    private final List<RecordBatch> batches = new ArrayList<>();
    private final List<boolean[]> kept = new ArrayList<>();
    private final Map<KeyBytes, Place> live = new HashMap<>();
    private final Map<KeyBytes, List<Place>> byDelete = new HashMap<>();
    private final Set<KeyBytes> goneKeys = new LinkedHashSet<>();
    private final Set<KeyBytes> deletes = new LinkedHashSet<>();
    private long bytes;

    Chunk(WriteMode mode) {
        this.mode = mode;
        this.deletesByKey = mode.deleteBy().equals(mode.key());
    }

    /** Takes all of {@code batch} but the rejected rows. */
    void add(RecordBatch batch, List<RejectedRow> rejected) {
        boolean[] keep = new boolean[batch.rowCount()];
        Arrays.fill(keep, true);
        rejected.forEach(row -> keep[row.index()] = false);
        batches.add(batch);
        kept.add(keep);
        bytes += batch.sizeInBytes();
        if (mode.kind() == WriteMode.Kind.UPSERT) {
            fold(batch, keep);
        }
    }

    private void fold(RecordBatch batch, boolean[] keep) {
        KeyEncoder keys = new KeyEncoder(batch, mode.key());
        KeyEncoder deleteKeys = new KeyEncoder(batch, mode.deleteBy());
        for (int row = 0; row < keep.length; row++) {
            if (!keep[row]) {
                continue;
            }
            if (batch.operation(row) == Operation.DELETE) {
                keep[row] = false;
                delete(deleteKeys.encode(row));
            } else {
                forgetFormerKey(batch, row, keys.encode(row));
                put(keys.encode(row), new Place(keep, row), deleteKeys, row);
            }
        }
    }

    /** An update may change the key itself: then the row under the former key goes. */
    private void forgetFormerKey(RecordBatch batch, int row, KeyBytes key) {
        if (batch.operation(row) != Operation.UPDATE || batch.before().isEmpty()) {
            return;
        }
        RecordBatch before = batch.before().get();
        if (mode.key().stream().allMatch(name -> before.schema().find(name).isPresent())) {
            KeyEncoder former = new KeyEncoder(before, mode.key());
            if (!former.hasNull(row) && !former.encode(row).equals(key)) {
                drop(live.remove(former.encode(row)));
                goneKeys.add(former.encode(row));
            }
        }
    }

    private void put(KeyBytes key, Place place, KeyEncoder deleteKeys, int row) {
        drop(live.put(key, place));
        if (!deletesByKey && !deleteKeys.hasNull(row)) {
            byDelete.computeIfAbsent(deleteKeys.encode(row), any -> new ArrayList<>())
                    .add(place);
        }
    }

    private void delete(KeyBytes key) {
        deletes.add(key);
        if (deletesByKey) {
            drop(live.remove(key));
        } else {
            byDelete.getOrDefault(key, List.of()).forEach(Chunk::drop);
            byDelete.remove(key);
        }
    }

    private static void drop(@org.jspecify.annotations.Nullable Place place) {
        if (place != null) {
            place.keep[place.row] = false;
        }
    }

    boolean isEmpty() {
        return deletes.isEmpty() && goneKeys.isEmpty() && kept.stream().noneMatch(Chunk::hasRows);
    }

    private static boolean hasRows(boolean[] keep) {
        for (boolean row : keep) {
            if (row) {
                return true;
            }
        }
        return false;
    }

    long bytes() {
        return bytes;
    }

    /** The rows to write, in order; may be none. */
    List<RecordBatch> rows() {
        List<RecordBatch> rows = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            if (hasRows(kept.get(i))) {
                rows.add(batches.get(i).filter(kept.get(i)));
            }
        }
        return rows;
    }

    /** Keys of which no row is left, but which an earlier row may have. */
    List<KeyBytes> goneKeys() {
        Set<KeyBytes> gone = new LinkedHashSet<>(goneKeys);
        live.forEach((key, place) -> {
            if (place.keep[place.row]) {
                gone.remove(key);
            } else {
                gone.add(key);
            }
        });
        return List.copyOf(gone);
    }

    /** What was deleted, by the columns that deletes go by. */
    List<KeyBytes> deletes() {
        return List.copyOf(deletes);
    }

    private record Place(boolean[] keep, int row) {}
}
