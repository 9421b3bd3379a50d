package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import dev.penstock.connector.postgres.SnapshotChunk.Bad;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of a part that are still to be given, after what has come along the stream. Not thread safe. */
final class SnapshotRows {
    private final SnapshotChunk chunk;
    private final RecordBatch rows;
    /** For each of the rows, which row of the part it is. */
    private final int[] places;

    private int next;
    private int nextBad;
    private int firstBad;

    private SnapshotRows(SnapshotChunk chunk, RecordBatch rows, int[] places) {
        this.chunk = chunk;
        this.rows = rows;
        this.places = places;
    }

    /** The rows of {@code chunk} that {@code window} does not know better, as {@code shape} makes them. */
    static SnapshotRows of(SnapshotChunk chunk, SnapshotWindow window, UnaryOperator<RecordBatch> shape) {
        int count = chunk.rows().rowCount();
        if (window.isEmpty()) {
            return new SnapshotRows(
                    chunk, shape.apply(chunk.rows()), IntStream.range(0, count).toArray());
        }
        int[] kept = new int[count];
        SnapshotWindow.@Nullable Change[] changes = new SnapshotWindow.Change[count];
        boolean anyPatch = false;
        int size = 0;
        for (int row = 0; row < count; row++) {
            SnapshotWindow.Change change = window.find(chunk.keys().key(row));
            if (change == null || !change.isWhole()) {
                anyPatch |= change != null;
                changes[size] = change;
                kept[size++] = row;
            }
        }
        int[] places = Arrays.copyOf(kept, size);
        RecordBatch rows = size == count ? chunk.rows() : chunk.rows().take(places, size);
        return new SnapshotRows(chunk, shape.apply(anyPatch ? patched(rows, changes) : rows), places);
    }

    /** The rows with what later changes say of them. */
    private static RecordBatch patched(RecordBatch rows, SnapshotWindow.@Nullable Change[] changes) {
        BatchBuilder builder = new BatchBuilder(rows.schema(), rows.rowCount());
        for (int row = 0; row < rows.rowCount(); row++) {
            SnapshotWindow.Change change = changes[row];
            for (int column = 0; column < rows.schema().size(); column++) {
                RecordBatch newest = change == null ? null : newest(change, column);
                RecordBatch from = newest == null ? rows : newest;
                int place = newest == null ? row : 0;
                builder.column(column).appendAll(from.column(column), place, place + 1);
            }
            builder.endRow(Operation.READ);
        }
        return builder.build();
    }

    private static @Nullable RecordBatch newest(SnapshotWindow.Change change, int column) {
        RecordBatch newest = null;
        for (RecordBatch patch : change.patches()) {
            newest = patch.column(column).isUnchanged(0) ? newest : patch;
        }
        return newest;
    }

    SnapshotChunk chunk() {
        return chunk;
    }

    /** At most so many rows, bad ones too, and bytes; at least one if there are any. */
    RecordBatch next(Limit limit) {
        int from = next;
        firstBad = nextBad;
        int room = limit.rows();
        // Bad rows go with the good one that they stand before, or with the end.
        while (room > 0 && hasMore()) {
            if (nextBad < chunk.bad().size() && isBadNext()) {
                nextBad++;
            } else {
                next++;
            }
            room--;
        }
        RecordBatch slice = rows.slice(from, next);
        while (slice.rowCount() > 1 && slice.sizeInBytes() > limit.bytes()) {
            long fitting = slice.rowCount() * limit.bytes() / slice.sizeInBytes();
            next = from + (int) Math.max(1, Math.min(slice.rowCount() - 1L, fitting));
            while (nextBad > firstBad
                    && next < rows.rowCount()
                    && chunk.bad().get(nextBad - 1).before() > places[next]) {
                nextBad--;
            }
            slice = rows.slice(from, next);
        }
        return slice;
    }

    private boolean isBadNext() {
        return next >= rows.rowCount() || chunk.bad().get(nextBad).before() <= places[next];
    }

    /** The bad rows among those that were given last. */
    List<Bad> bad() {
        return chunk.bad().subList(firstBad, nextBad);
    }

    /** The row of the part that was given last; -1 before the first. */
    int last() {
        return next == 0 ? -1 : places[next - 1];
    }

    boolean hasMore() {
        return next < rows.rowCount() || nextBad < chunk.bad().size();
    }
}
