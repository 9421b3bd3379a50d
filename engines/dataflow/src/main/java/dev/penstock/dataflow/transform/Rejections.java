package dev.penstock.dataflow.transform;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Puts results together from which some rows are missing. */
final class Rejections {
    private Rejections() {}

    /**
     * The rows of {@code input} that were not rejected, with {@code columns} that hold just these.
     *
     * @param rejected ascending by row
     */
    static TransformResult result(
            RecordBatch input, List<RejectedRow> rejected, Schema output, List<? extends Column> columns) {
        if (rejected.isEmpty()) {
            return TransformResult.of(input.withColumns(output, columns));
        }
        int[] kept = kept(input.rowCount(), rejected);
        // Only operations, times and origin are taken along, the columns are there already.
        RecordBatch bare = input.project().take(kept, kept.length);
        return new TransformResult(bare.withColumns(output, columns), Optional.of(kept), rejected);
    }

    /** The rows of {@code rows} that are not in {@code rejected}, which ascends. */
    static int[] kept(int rows, List<RejectedRow> rejected) {
        int[] kept = new int[rows];
        int count = 0;
        int next = 0;
        for (int row = 0; row < rows; row++) {
            if (next < rejected.size() && rejected.get(next).index() == row) {
                next++;
            } else {
                kept[count++] = row;
            }
        }
        return Arrays.copyOf(kept, count);
    }
}
