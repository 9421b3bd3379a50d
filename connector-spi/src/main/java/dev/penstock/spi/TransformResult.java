package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Optional;

/**
 * What a transform made of a batch.
 *
 * @param rows what goes on
 * @param inputRows for each row of {@code rows} the row of the input it came from, ascending; empty if row i came from
 *     row i
 * @param rejected rows of the input that could not be taken; none of what they would have become is in {@code rows}
 */
public record TransformResult(RecordBatch rows, Optional<int[]> inputRows, List<RejectedRow> rejected) {
    public TransformResult {
        requireNonNull(rows, "rows");
        requireNonNull(inputRows, "inputRows");
        rejected = List.copyOf(rejected);
    }

    /** Row i of {@code rows} came from row i of the input; nothing was rejected. */
    public static TransformResult of(RecordBatch rows) {
        return new TransformResult(rows, Optional.empty(), List.of());
    }

    /** Row i of {@code rows} came from row {@code inputRows[i]}; nothing was rejected. */
    public static TransformResult of(RecordBatch rows, int[] inputRows) {
        return new TransformResult(rows, Optional.of(inputRows), List.of());
    }
}
